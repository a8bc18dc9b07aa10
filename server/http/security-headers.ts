import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** The page needs its own script, style and requests and nothing else; no inline code, no third party. */
export const securityHeaders = (): RequestHandler =>
  helmet({
    // Whether a domain is https-only is for the operator's proxy to say, not for one page on it.
    strictTransportSecurity: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
      },
    },
  });
