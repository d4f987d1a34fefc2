// Attests that this workflow has built the archives of a release: node attest.js DIRECTORY
//
// It reads the checksums `*.sha256` of the directory, signs what GitHub states of the run, stores that with the repository, and
// writes it to `goals-provenance.json` beside them, for `gh attestation verify ARCHIVE --bundle`.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { attestProvenance } from "@actions/attest";

const directory = process.argv[2];
const subjects = readdirSync(directory)
  .filter((name) => name.endsWith(".sha256"))
  .sort()
  .map((name) => {
    // `SUM  ARCHIVE`, or on Windows `SUM *ARCHIVE`.
    const line = /^([0-9a-f]{64}) [ *]([\w.-]+)\n$/.exec(readFileSync(join(directory, name), "utf8"));
    if (line === null || `${line[2]}.sha256` !== name) throw new Error(`${name} is no checksum of an archive`);
    return { name: line[2], digest: { sha256: line[1] } };
  });
if (subjects.length === 0) throw new Error(`no checksum in ${directory}`);

const { attestationID, bundle } = await attestProvenance({ subjects, token: process.env.GITHUB_TOKEN });
writeFileSync(join(directory, "goals-provenance.json"), `${JSON.stringify(bundle)}\n`);
console.log(`attestation ${attestationID} of ${subjects.map(({ name }) => name).join(", ")}`);
