import type { QueryResultRow } from 'pg';

/** A value of a query's parameter. */
export type Parameter = string | number | Buffer | null | readonly (string | Buffer)[];

/** Runs one query and gives its rows; all in one transaction. */
export type RunQuery = <Row extends QueryResultRow>(text: string, values?: readonly Parameter[]) => Promise<Row[]>;
