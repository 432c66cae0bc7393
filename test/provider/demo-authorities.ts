// Belongs here: the test root as an authority that counts like a shipped one, as plain constants: the demo build bundles this file into the add-on.
// Does NOT belong here: anything released (a guard test proves that no released package contains it, design §1); Node.
import type { PecIssuingKey } from "../../src/core/trust/trust-types.ts";

const ROOT_PEM = `-----BEGIN CERTIFICATE-----
MIIDejCCAmKgAwIBAgIBATANBgkqhkiG9w0BAQsFADBOMQswCQYDVQQGEwJJVDEf
MB0GA1UECgwWU2lnaWxsbyBQRUMsIHRlc3Qgb25seTEeMBwGA1UEAwwVU2lnaWxs
byBQRUMgVGVzdCBSb290MB4XDTEwMDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVow
TjELMAkGA1UEBhMCSVQxHzAdBgNVBAoMFlNpZ2lsbG8gUEVDLCB0ZXN0IG9ubHkx
HjAcBgNVBAMMFVNpZ2lsbG8gUEVDIFRlc3QgUm9vdDCCASIwDQYJKoZIhvcNAQEB
BQADggEPADCCAQoCggEBAKPElCd7jVC0zkexxGqIK+9AP0OP0F35/0Pip48TJ7zM
F8qaChTf/Ox0Vxz5O0HMTycfTT5bPy2BFxEtnhHL+3nihoo0OMDYmRrUGJay8OJ6
uGG5aOkS1HVerjavXkV4UIrnJsDWMORHA7TITTOQ1/XiayLRD1Q4A1uJpC+5qCQs
YaC8W6KTYJklJwJfhuo/9jzcwW/bOPWcygzA4DUUMhRG99W7VQ1A8MJ2vxaVHMzO
w5cNIdbWsch9frnLifDohYcQdPKq85c88tNjW6bDrnCogMcgSWzu65FtANTgd+1l
B5S60vPH27KV7CGN+gczUFyXGj2uLYh6UqZKsC8/9DsCAwEAAaNjMGEwDwYDVR0T
AQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwHQYDVR0OBBYEFJG5iVmk7JynIBZR
xPOo90E19hT/MB8GA1UdIwQYMBaAFJG5iVmk7JynIBZRxPOo90E19hT/MA0GCSqG
SIb3DQEBCwUAA4IBAQBVaYld11pAVr9dj+blH2vp5IrhWDOKW8T2sb9RRW6WGMgT
IKbXy98yeuO9BxEXxgthNQpaFimgkCbF7aXzjW+46tGzGQSnjchlZmYCGSti1TR7
Dl1f9AkXJd4i+iOEIbtewp8NVohnG5bBaF6L5N0WIHnaOyOFwi4/fP5Aw7L/T4GM
4AuulSTIahBpS2Ikc9HjiWBy00sCAmnLknuOStfVfh+xeiah6Qu247i2to7K77Hl
t8l14Z+lfcjp/OBa7QKnCtO7AOe72Jpau5pCKhGRyOqgaPnFx2EpaXWsAMw+xVNO
EEBM6vtzKSFFgI21sLIEdL9QgzSZww14eqc9BBqc
-----END CERTIFICATE-----
`;

/** The test root's PEC issuing keys: the present one, and one of the time before 2018 with the rules of that time. */
export const extraAuthorities: readonly { readonly rootPem: string; readonly issuingKey: PecIssuingKey }[] = [
  {
    rootPem: ROOT_PEM,
    issuingKey: {
      spkiSha256: "cedafe03fe21f56c9b6ceda6e2a709a73bac467292155b1558a201f52aefb056",
      name: "Sigillo PEC Test CA 1",
      from: null,
      until: null,
      requiredPolicy: "1.3.76.16.3.1.1",
      emailProtectionRequired: true,
      criticalKeyUsageRequired: true,
      weakAlgorithmsAccepted: false,
    },
  },
  {
    rootPem: ROOT_PEM,
    issuingKey: {
      spkiSha256: "d8c2c4ed70844a5cd6c3304bce4dc5fd7daaf162ed86acb47c5e96e8f4a9312e",
      name: "Sigillo PEC Test CA of 2011",
      from: null,
      until: Date.UTC(2018, 0, 14),
      requiredPolicy: null,
      emailProtectionRequired: false,
      criticalKeyUsageRequired: false,
      weakAlgorithmsAccepted: true,
    },
  },
];
