import type { SecretKeeper } from '../ports.ts'

/** The key that a host without a keychain is given by whoever starts it. */
export const KEY_VARIABLE = 'ABHYAS_OPENAI_KEY'

/** Keeps secrets in memory until the app is closed: for hosts that have no keychain. */
export function makeSessionSecrets(): SecretKeeper {
  const secrets = new Map<string, string>()
  return {
    keptIn: 'session',
    read: async (name) => secrets.get(name),
    async write(name, secret) {
      secrets.set(name, secret)
    },
    async remove(name) {
      secrets.delete(name)
    },
  }
}

/** Where nothing is kept under a name, the environment's key is used. It is never written down. */
export function withEnvironmentKey(keeper: SecretKeeper, env: NodeJS.ProcessEnv): SecretKeeper {
  return {
    ...keeper,
    read: async (name) => (await keeper.read(name)) ?? (env[KEY_VARIABLE]?.trim() || undefined),
  }
}
