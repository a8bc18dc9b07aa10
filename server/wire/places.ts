import { z } from 'zod';

/** What every reference to the documents consists of. */
export const placeFields = {
  documentId: z.string().describe('The document’s slug.'),
  paragraphId: z.string().describe('The paragraph’s stable id, e.g. `part-2-item-6`; also its anchor on the page.'),
  label: z
    .string()
    .describe(
      'What a person calls the paragraph, e.g. 第二部分第（六）项 or “Part II, item (6)”. Where several documents are asked, behind title and date of its document: 《…联合声明》（2019年9月11日）第二部分第（六）项.',
    ),
};

const offset = z.number().int().nonnegative();
/** A half-open range in a paragraph's text. */
export const spanFields = {
  start: offset.describe('Where it begins in the paragraph’s text, in UTF-16 code units.'),
  end: offset.describe('Where it ends there, exclusive.'),
};
/** A half-open range in the quotation that was sent. */
export const quoteSpanFields = {
  quoteStart: offset.describe('Where the stretch begins in the request’s `quote`, in UTF-16 code units.'),
  quoteEnd: offset.describe('Where it ends there, exclusive.'),
};

export const urlSchema = z.url();
export const quoteUrl = urlSchema.describe('Absolute link to the place on the policy page; browsers scroll to the words and mark them.');
export const similaritySchema = z.number().min(0).max(1);

/** No element at all: an array of a fixed length of 0. */
export const nothing = z.tuple([]).meta({
  // A tuple of none becomes `prefixItems: []`, which JSON Schema forbids. Linters of OpenAPI want `items` in every array.
  override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
    delete jsonSchema['prefixItems'];
    jsonSchema['items'] = {};
    jsonSchema['maxItems'] = 0;
  },
});

export const nearbyParagraphSchema = z
  .object({ ...placeFields, url: urlSchema.describe('Absolute link to the paragraph.'), similarity: similaritySchema })
  .meta({
    id: 'NearbyParagraph',
    description: 'A paragraph near what was asked or quoted, offered where Youju declines. It answers nothing and is not a citation.',
  });
export type NearbyParagraph = z.infer<typeof nearbyParagraphSchema>;
