import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { equalNames } from "../../../src/core/pki/distinguished-name.ts";
import { ANCHOR_CERTIFICATES } from "../../../src/core/trust/certificates/anchors.ts";
import { ISSUING_CERTIFICATES } from "../../../src/core/trust/certificates/issuing-authorities.ts";
import { shippedAuthorities } from "../../../src/core/trust/shipped-authorities.ts";

describe("the shipped authorities", () => {
  it("are exactly these, by hash", () => {
    const hashes = [...ANCHOR_CERTIFICATES, ...ISSUING_CERTIFICATES].map(({ name, sha256, base64 }) => {
      expect(createHash("sha256").update(Buffer.from(base64, "base64")).digest("hex"), name).toBe(sha256);
      return `${name} ${sha256}`;
    });
    expect(hashes).toMatchInlineSnapshot(`
      [
        "actalis-authentication-root-ca 55926084ec963a64b96e2abe01ce0ba86a64fbfebcc7aab5afc155b37fd76066",
        "actalis-smime-rsa-root-ca-2025 f1b7c8a8f447b395786e325af0a7571203f3812400ff1905fca7726b858fc44a",
        "baltimore-cybertrust-root 16af57a9f676b0ab126095aa5ebadef22ab31119d644ac95cd4b93dbf3f26aeb",
        "agid-ca1-2017-10-12 d070bf019cfba46c8d3414d6fe8d7d21077f3545c2fe839e3d250f324e37c5ab",
        "agid-ca1-2018-04-04 4648900b04272628ab7b2d82ddf74cd5b78d77f8652d5bbf2824bb64dd178659",
        "agid-ca1-2018-06-20 728daf406fda9ecd4d555dc12f27d67d6de44524695464a120669200f20b284b",
        "agid-ca1-2018-07-11 9271ca7e88ced25ed1d1f8e08afa03b11d1fe12ed1125585ada501243e2cac09",
        "agid-ca1-2018-11-22 6018f0dffaa4d48f6b363dbd895b43d720691f9658e3d940727fb1499d525005",
        "agid-ca1-2019-04-15 ada5a71af2121b569104be385e746fa975617e81dbfaf6f722e62352471bd838",
        "agid-ca1-2019-06-13 e7fa0f67c9b6d886c868408996dbdfc3680e8b9ec47628eefb4824c23a287693",
        "agid-ca1-2020-01-30 d793d934dd1b9ff9f6a76d438c760ed44b72bcde660b49a77dbcf81ec7ceb3a9",
        "agid-ca1-2020-02-19 f7b09eea79096a4498f6a2b8d6f1183228a3769ea988050d1b32a380eabc4f9e",
        "agid-ca1-2020-10-13 404a2b23b25200446ca7213e1af56635cb93ddf7bef0d87664ba411b7f4c8e56",
        "agid-ca1-2021-06-22 4931388dc85b1fb943ed8ee6acfa015753cb048166470626c7ff939ed022a8ae",
        "agid-ca1-2021-09-21 32322ae2e31a7430be1d6c04bd8cabfbd240c74d2c9dbe82780db1f3f73660a6",
        "agid-ca1-2023-12-13 68868c3326edb4865284ee123aacba98ee634bdc28b443dbb234884a7bb7dba5",
        "agid-ca1-2025-01-21-no-ou 0e19fd9967322133bd7a173b4851a90f3fc575a98507113d86c4d5efe361b06e",
        "agid-ca1-2025-02-20 790ec428504a61f273e4fcf7ffd4d56991edc02d4402fbbd8914e149fa278c1d",
        "agid-ca-smime-rsa-2026 78a9f2a747c84ea579db7074e4ea29eb141bcbf91b2d1eca10b6605c690ced80",
        "actalis-smime-rsa-root-ca-2025-cross 180fe239d04ee0300095205970d2bd4928a257319a46eb6d2fc42c5564f6cb68",
        "digitpa-ca1-2011-01-14 d75420b7e9051773aa0f39ac091cbf0691a1088e32a4d06b671f00e7e9676f72",
      ]
    `);
  });

  it("state source and date", () => {
    for (const { source, date } of [...ANCHOR_CERTIFICATES, ...ISSUING_CERTIFICATES]) {
      expect(source).not.toBe("");
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it("are decoded once, without defects", async () => {
    const authorities = await shippedAuthorities();
    expect(await shippedAuthorities()).toBe(authorities);
    const all = [...authorities.anchors.map(({ certificate }) => certificate), ...authorities.intermediates];
    for (const { subject, defects, extensions, signatureAlgorithmsAgree } of all) {
      expect({ subject: subject.text, defects, unknown: extensions.unknownCritical, signatureAlgorithmsAgree }).toEqual(
        {
          subject: subject.text,
          defects: [],
          unknown: [],
          signatureAlgorithmsAgree: true,
        },
      );
    }
  });

  it("have only roots as anchors: constraints of an issue must count", async () => {
    const { anchors, issuingKeys } = await shippedAuthorities();
    for (const { certificate } of anchors) {
      expect(equalNames(certificate.subject, certificate.issuer)).toBe(true);
      expect(issuingKeys.map(({ spkiSha256 }) => spkiSha256)).not.toContain(certificate.spkiSha256);
    }
  });

  it("hold 15 issues of one key of AgID CA1, one of each of the other two, and one cross-certificate", async () => {
    const { issuingKeys, intermediates } = await shippedAuthorities();
    const count = issuingKeys.map(({ name, spkiSha256 }) => [
      name,
      intermediates.filter((certificate) => certificate.spkiSha256 === spkiSha256).length,
    ]);
    expect(count).toEqual([
      ["AgID CA1", 15],
      ["AgID CA SMIME RSA 2026", 1],
      ["DigitPA CA1", 1],
    ]);
    expect(intermediates).toHaveLength(18);
  });

  it("limit Baltimore to DigitPA CA1 and its time", async () => {
    const { anchors, issuingKeys } = await shippedAuthorities();
    const baltimore = anchors.find(({ certificate }) => certificate.subject.text.includes("Baltimore"));
    const digitPa = issuingKeys.find(({ name }) => name === "DigitPA CA1");
    expect(baltimore?.usableUntil).toBe(Date.UTC(2018, 0, 14));
    expect(baltimore?.onlyIssuingKeys).toEqual([digitPa?.spkiSha256]);
  });
});
