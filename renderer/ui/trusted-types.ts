interface PolicyRules {
  createHTML(input: string): string | null
  createScript(input: string): string | null
  createScriptURL(input: string): string | null
}

interface TrustedTypesFactory {
  readonly defaultPolicy: unknown
  createPolicy(name: 'default', rules: PolicyRules): unknown
}

/**
 * What may become markup, script or a script's address in this page: style
 * text (which Mantine and React set through innerHTML of a style element),
 * no markup, no script, and scripts of this page's own origin: the reader's worker.
 * Returning null refuses, and the caller gets a TypeError.
 */
export function trustedTypesRules(pageUrl: string): PolicyRules {
  return {
    createHTML: (input) => (/[<&]/.test(input) ? null : input),
    createScript: () => null,
    createScriptURL: (input) => {
      if (!URL.canParse(input, pageUrl)) return null
      const url = new URL(input, pageUrl)
      const page = new URL(pageUrl)
      return url.protocol === page.protocol && url.host === page.host ? url.href : null
    },
  }
}

/** Installs the default policy where the browser knows Trusted Types; once a page. */
export function installTrustedTypes(): void {
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes
  if (factory && !factory.defaultPolicy) factory.createPolicy('default', trustedTypesRules(location.href))
}
