/** In index.html where the response's nonce belongs (vite.config.ts, html.cspNonce). */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__'

export interface PolicyOptions {
  /** Of this response only; without it no inline style is allowed at all. */
  nonce?: string
  /** Addresses the page may connect to beside its own origin. */
  connectTo?: readonly string[]
}

/**
 * The Content-Security-Policy of everything the app serves, workers included.
 * Nothing runs but the app's own files; `wasm-unsafe-eval` lets pdfjs compile its
 * image decoders, and Trusted Types leave one policy, `default`, which refuses
 * markup (renderer/client/trusted-types.ts). https://www.w3.org/TR/CSP3/
 */
export function contentSecurityPolicy({ nonce, connectTo = [] }: PolicyOptions = {}): string {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    "font-src 'self' data: blob:",
    "img-src 'self' data: blob:",
    ["connect-src 'self'", ...connectTo].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}
