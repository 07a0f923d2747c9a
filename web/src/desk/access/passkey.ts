/**
 * Passkeys as the browser makes and asks for them (WebAuthn with the PRF extension). Loaded on demand.
 *
 * Owns what is asked of the authenticator: that it verifies who holds it, and derives the same secret each time. The
 * secret goes on to the key worker and is kept nowhere.
 */
import { fromBase64url, toBase64url } from "../../shared/bytes.ts";

const encoder = new TextEncoder();
/** What the secret is derived from: the same for every passkey, each of which makes another of it. */
const SALT = encoder.encode("hopthu/v1/passkey");
const ES256 = -7;
const ED25519 = -8;
const RS256 = -257;

/** Why there is no passkey, as a catalogue key; null: the person let it be. */
export class NoPasskey extends Error {
  constructor(readonly key: string | null) {
    super("passkey");
  }
}

interface Prf {
  prf?: { enabled?: boolean; results?: { first?: BufferSource } };
}

/** What an authenticator answered, as the server takes it, and the secret it derived. */
export interface Answered {
  sent: Record<string, string>;
  secret: Uint8Array<ArrayBuffer>;
}

type Capabilities = { getClientCapabilities?: () => Promise<Record<string, boolean>> };

/** Whether this browser can derive a secret from a passkey, as far as it says. */
export async function isAble(): Promise<boolean> {
  if (!("PublicKeyCredential" in globalThis)) return false;
  const told = await (PublicKeyCredential as Capabilities).getClientCapabilities?.().catch(() => undefined);
  return told?.["extension:prf"] !== false;
}

const prf = () => ({ prf: { eval: { first: SALT } } }) as AuthenticationExtensionsClientInputs;

function written(bytes: ArrayBuffer): string {
  return toBase64url(new Uint8Array(bytes));
}

/** The secret out of what the extension gave; null where it gave none. */
function secretOf(credential: PublicKeyCredential): Uint8Array<ArrayBuffer> | null {
  const first = (credential.getClientExtensionResults() as Prf).prf?.results?.first;
  if (!first) return null;
  return ArrayBuffer.isView(first)
    ? new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength).slice()
    : new Uint8Array(first).slice();
}

/** Asks the browser; whoever closes its window is told nothing. */
async function asked(work: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    return (await work()) as PublicKeyCredential;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === "InvalidStateError") throw new NoPasskey("passkey-taken");
    throw new NoPasskey(error.name === "NotAllowedError" ? null : "passkey-unable");
  }
}

/** An answer to a challenge of log-in, by any passkey of this desk or one of these. */
export async function answer(challenge: string, host: string, ids: string[] = []): Promise<Answered> {
  const found = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: fromBase64url(challenge),
        rpId: host,
        userVerification: "required",
        allowCredentials: ids.map((id) => ({ type: "public-key" as const, id: fromBase64url(id) })),
        extensions: prf(),
      },
    }),
  );
  const secret = secretOf(found);
  if (!secret) throw new NoPasskey("passkey-unable");
  const { clientDataJSON, authenticatorData, signature } = found.response as AuthenticatorAssertionResponse;
  return {
    sent: {
      challenge,
      id: written(found.rawId),
      client_data: written(clientDataJSON),
      authenticator_data: written(authenticatorData),
      signature: written(signature),
    },
    secret,
  };
}

/** Whose passkey is made: the host it is bound to, and the account's name. */
export interface Owner {
  host: string;
  account: string;
}

/** A new passkey. Under an id of its own, so that it takes no other's place on the device. Where the authenticator derives only when asked again, it is asked again. */
export async function make(challenge: string, { host, account }: Owner): Promise<Answered> {
  const found = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: fromBase64url(challenge),
        rp: { id: host, name: host },
        user: { id: crypto.getRandomValues(new Uint8Array(16)), name: account, displayName: account },
        pubKeyCredParams: [ES256, ED25519, RS256].map((alg) => ({ type: "public-key" as const, alg })),
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        attestation: "none",
        extensions: prf(),
      },
    }),
  );
  const told = (found.getClientExtensionResults() as Prf).prf;
  if (!told?.enabled && !told?.results) throw new NoPasskey("passkey-unable");
  const id = written(found.rawId);
  const secret = secretOf(found) ?? (await answer(challenge, host, [id])).secret;
  const { clientDataJSON, attestationObject } = found.response as AuthenticatorAttestationResponse;
  return {
    sent: {
      challenge,
      id,
      client_data: written(clientDataJSON),
      attestation: written(attestationObject),
    },
    secret,
  };
}
