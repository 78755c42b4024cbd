/**
 * The nonce this page was served with. Browsers hide a nonce's attribute from
 * scripts that look for it in markup, but keep it in the element's property.
 */
export function cssNonce(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"], meta[property="csp-nonce"]')
  const element: HTMLElement | null = meta ?? document.querySelector<HTMLElement>('script[nonce], style[nonce]')
  return element?.nonce || meta?.content || ''
}
