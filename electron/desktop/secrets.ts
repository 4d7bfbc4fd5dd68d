import { safeStorage } from 'electron'
import type { SecretBox } from '../stores/credentials-store.ts'

/**
 * The system's own encryption. On Linux without a keyring Electron falls back to a fixed key, which protects
 * nothing: that counts as not available. Only to be asked after the app is ready.
 */
export const systemSecrets: SecretBox = {
  isAvailable() {
    if (!safeStorage.isEncryptionAvailable()) return false
    if (process.platform !== 'linux') return true
    return !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
  },
  encrypt: (text) => safeStorage.encryptString(text).toString('base64'),
  decrypt: (text) => safeStorage.decryptString(Buffer.from(text, 'base64')),
}
