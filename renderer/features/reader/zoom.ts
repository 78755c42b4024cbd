/** A zoom that follows the window: `auto` is the width of the page, but no larger than comfortable. */
export type ZoomFit = 'auto' | 'page-width' | 'page-fit'
export type Zoom = ZoomFit | number
