import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Custom properties, set through the style object (CSP allows what scripts set, not style attributes in markup). */
    [name: `--${string}`]: string | number | undefined
  }
}
