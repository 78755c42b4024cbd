/** The message, and the channel, that carry a page's port to the Electron shell. Apart, so that the preload holds nothing else. */
export const PORT_MESSAGE = 'abhyas:port'
