/**
 * One officer's keys in this worker: made at enrolment, unlocked at log-in, gone when the worker ends.
 *
 * Owns the stretched passphrase between the two halves of a log-in, and the device secret between making and keeping.
 */

import { SealError } from "../../crypto/errors.ts";
import { fingerprint } from "../../crypto/fingerprint.ts";
import {
  authOf,
  deviceFromWords,
  type Unlocked as Keys,
  lockKey,
  lockKeys,
  makeOfficerKeys,
  newDevice,
  type PublicKeys,
  passkeyLock,
  publicKeys,
  relocked,
  unlockKeys,
} from "../../crypto/login.ts";
import { SALT, stretchPassphrase } from "../../crypto/stretching.ts";
import { fromBase64url, overwrite, toBase64url } from "../../shared/bytes.ts";
import type { Calls, Made, Me, Unlocked } from "./messages.ts";
import { Refusal } from "./refusal.ts";
import type { Shelf } from "./shelf.ts";

export class Officer {
  private stretched: Uint8Array | null = null;
  private device: CryptoKey | null = null;
  private known: PublicKeys | null = null;
  private keys: Keys | null = null;
  private who: Me | null = null;

  constructor(private readonly shelf: Shelf) {}

  /** Who is unlocked. Throws where nobody is. */
  get me(): Me {
    if (!this.who) throw new Refusal("locked");
    return this.who;
  }

  /** The keys of whoever is unlocked. */
  get unlocked(): Keys {
    if (!this.keys) throw new Refusal("locked");
    return this.keys;
  }

  /** New keys, locked under the passphrase and a new device secret. */
  async make(passphrase: string): Promise<Made> {
    const salt = crypto.getRandomValues(new Uint8Array(SALT));
    const stretched = await this.stretch(passphrase, salt);
    const { secret, words } = await newDevice();
    const keys = await makeOfficerKeys();
    this.device = secret;
    this.known = await publicKeys(keys);
    const locked = await lockKeys(keys, await lockKey(stretched, secret));
    overwrite(keys.signingSeed);
    return {
      salt: toBase64url(salt),
      auth: toBase64url(await authOf(stretched)),
      locked: toBase64url(locked),
      recipient: this.known.recipient,
      signing_key: toBase64url(this.known.signingKey),
      words,
    };
  }

  /** Keeps the device secret and whose signature to believe, on this browser. */
  async keepDevice({ account, site, authority }: Calls["keepDevice"]["ask"]): Promise<null> {
    if (!this.device) throw new Refusal("locked");
    await this.shelf.keep("devices", account, this.device);
    await this.shelf.keep("pins", account, { site, authority });
    return null;
  }

  /** The 20 digits over the own keys. */
  async fingerprint(place: Calls["fingerprint"]["ask"]): Promise<string> {
    if (!this.known) throw new Refusal("locked");
    return fingerprint({ ...this.known, ...place });
  }

  /** First half of a log-in: what proves the passphrase to the server. */
  async prove(passphrase: string, salt: string): Promise<string> {
    return toBase64url(await authOf(await this.stretch(passphrase, fromBase64url(salt))));
  }

  private async stretch(passphrase: string, salt: Uint8Array): Promise<Uint8Array> {
    this.stretched = await stretchPassphrase(passphrase, salt);
    return this.stretched;
  }

  /** Second half: the blob, with the device secret kept here. */
  async unlock(me: Me, locked: string): Promise<Unlocked> {
    const pin = await this.shelf.taken("pins", me.officer);
    if (pin && (pin.site !== me.site || pin.authority !== me.authority)) return "other-authority";
    const device = await this.shelf.taken("devices", me.officer);
    if (!pin || !device) return "no-device";
    try {
      return (await this.openBlob(me, locked, device)) ? "open" : "no-device";
    } catch (error) {
      if (error instanceof SealError) return "wrong";
      throw error;
    }
  }

  /** The blob that is locked under what a passkey derives; on a browser that knows the account already. */
  async unlockByPasskey({ me, locked, secret }: Calls["unlockByPasskey"]["ask"]): Promise<Unlocked> {
    const pin = await this.shelf.taken("pins", me.officer);
    if (pin && (pin.site !== me.site || pin.authority !== me.authority)) return "other-authority";
    if (!pin || !(await this.shelf.taken("devices", me.officer))) return "no-device";
    const keys = await this.tried(() =>
      passkeyLock(secret).then((lock) => unlockKeys(fromBase64url(locked), lock)),
    );
    if (!keys) return "wrong";
    this.hold(me, keys);
    return "open";
  }

  /** The keys once more, locked under what a new passkey derives; null where the passphrase is another. */
  async lockForPasskey(ask: Calls["lockForPasskey"]["ask"]): Promise<Calls["lockForPasskey"]["answer"]> {
    const device = await this.shelf.taken("devices", ask.me.officer);
    if (!device) throw new Refusal("locked");
    const stretched = await stretchPassphrase(ask.passphrase, fromBase64url(ask.salt));
    const [lock, under] = [await lockKey(stretched, device), await passkeyLock(ask.secret)];
    const locked = await this.tried(() => relocked(fromBase64url(ask.locked), lock, under));
    const auth = toBase64url(await authOf(stretched));
    overwrite(stretched);
    return locked && { locked: toBase64url(locked), auth };
  }

  private async tried<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof SealError) return null;
      throw error;
    }
  }

  private hold(me: Me, keys: Keys): void {
    this.keys = keys;
    this.known = keys;
    this.who = me;
  }

  /** The blob, with the device secret out of its words; keeps it here where it fits. */
  async restore(words: readonly string[], me: Me, locked: string): Promise<boolean> {
    try {
      const device = await deviceFromWords(words);
      if (!(await this.openBlob(me, locked, device))) return false;
      this.device = device;
    } catch (error) {
      if (error instanceof SealError) return false;
      throw error;
    }
    await this.keepDevice({ account: me.officer, site: me.site, authority: me.authority });
    return true;
  }

  private async openBlob(me: Me, locked: string, device: CryptoKey): Promise<boolean> {
    if (!this.stretched) throw new Refusal("locked");
    const keys = await unlockKeys(fromBase64url(locked), await lockKey(this.stretched, device));
    if (!keys) return false;
    overwrite(this.stretched);
    this.stretched = null;
    this.hold(me, keys);
    return true;
  }
}
