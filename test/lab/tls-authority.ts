// Belongs here: the certificates of servers on this computer, under an authority made for one run and trusted in one throwaway profile.
// Does NOT belong here: the authorities of PEC (test/provider/test-authority.ts); this one vouches for servers alone.
import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { buildCertificate, type NameEntry } from "../provider/certificate-builder.ts";
import { pem } from "../provider/der.ts";
import { DAY } from "../provider/local-time.ts";

const NAME = "Sigillo PEC Test, servers of one run";
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

export interface ServerCertificate {
  /** PEM */
  readonly certificate: string;
  /** PEM */
  readonly key: string;
}

export interface TlsAuthority {
  /** Its own certificate as base64 of DER, the form in which Thunderbird takes it. */
  readonly base64: string;
  /** A certificate for these host names; `expired`: since yesterday. */
  readonly issue: (hosts: readonly string[], state?: "valid" | "expired") => ServerCertificate;
}

/** @param name two authorities of one name are told apart by their keys alone, which is another error than an unknown name */
export function createTlsAuthority(name: string = NAME): TlsAuthority {
  const key = newKey();
  const issuer: readonly NameEntry[] = [{ type: "CN", value: name }];
  const validity = { notBefore: Date.now() - DAY, notAfter: Date.now() + DAY };
  const own = buildCertificate({
    ...validity,
    subject: issuer,
    issuer,
    serial: 1,
    publicKey: createPublicKey(key),
    issuerPrivateKey: key,
    basicConstraints: { ca: true },
    keyUsage: { bits: ["keyCertSign"] },
  });
  let serial = 1;
  return {
    base64: Buffer.from(own).toString("base64"),
    issue: (hosts, state = "valid") => {
      serial += 1;
      const serverKey = newKey();
      const certificate = buildCertificate({
        ...validity,
        ...(state === "expired" ? { notBefore: Date.now() - 2 * DAY, notAfter: Date.now() - DAY } : {}),
        subject: [{ type: "CN", value: hosts[0] ?? "" }],
        issuer,
        serial,
        publicKey: createPublicKey(serverKey),
        issuerPrivateKey: key,
        keyUsage: { bits: ["digitalSignature"] },
        extendedKeyUsage: [SERVER_AUTHENTICATION],
        subjectAltName: hosts.map((dNSName) => ({ dNSName })),
      });
      const keyPem = serverKey.export({ type: "pkcs8", format: "pem" }).toString();
      return { certificate: pem("CERTIFICATE", certificate), key: keyPem };
    },
  };
}

const newKey = (): KeyObject => generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
