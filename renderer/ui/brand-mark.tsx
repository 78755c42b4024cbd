/** The app's mark: a book standing open, seen as an A, its crossbar the highlighted line. */
export function BrandMark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden focusable="false">
      <rect width="64" height="64" rx="14" fill="#0b6b73" />
      <path d="M32 11 12 53h10.5L32 32.6Z" fill="#ffffff" />
      <path d="M32 11v21.6L41.5 53H52Z" fill="#bfdfe0" />
      <rect x="20" y="38.5" width="24" height="6.5" rx="3.25" fill="#ffc94d" />
    </svg>
  )
}
