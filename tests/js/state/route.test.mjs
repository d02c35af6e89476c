/** What an address asks for: whatever stands in it, reading it neither throws nor hangs. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, deflateRawSync } from "node:zlib";
import { decodeLink, encodeLink, NEWEST } from "../../../generator/quiz/state/link.js";
import { crc32 } from "../../../generator/quiz/assessment/checksum.js";
import { findPlace, readRoute } from "../../../generator/quiz/state/route.js";

const DATA = {
  ...{ id: "sample", version: "1.2.0", words: {} },
  ...{ gates: [], measures: [], symptoms: [], stages: [], profile: [], remediations: [], retired: [] },
};
const SAID = { subject: "Checkout (1)", answers: { "work-checked": { answer: "yes" } } };
const LINK = await encodeLink(SAID, DATA, false);

async function subjectOf(fragment) {
  const route = readRoute(fragment);
  assert.equal(route.kind, "shared", fragment.slice(0, 80));
  const read = await decodeLink(route.link, DATA);
  return read.refused ?? read.assessment.subject;
}

test("a place may be encoded, or have signs of a sentence behind it", () => {
  const ids = ["result", "stages/geübt", "100%"];
  const find = (id) => (ids.includes(id) ? id : null);
  assert.equal(findPlace("#result", find), "result");
  assert.equal(findPlace("#stages/ge%C3%BCbt", find), "stages/geübt");
  assert.equal(findPlace("#result).", find), "result");
  assert.equal(findPlace("#100%", find), "100%");
  assert.equal(findPlace("#elsewhere", find), undefined);
  assert.equal(findPlace("", () => "anything"), undefined);
  assert.equal(findPlace(`#${LINK}`, () => "anything"), undefined);
});

/** What chat programs, mail clients and trackers make of an address. */
const ALTERED = {
  "a full stop": (link) => `${link}.`,
  "a comma": (link) => `${link},`,
  "brackets": (link) => `${link})].`,
  "a quote and a bracket": (link) => `${link}">`,
  "encoded brackets": (link) => `${link}%22%3E`,
  "a curly quote": (link) => `${link}%E2%80%9D`,
  "emphasis of Markdown": (link) => `${link}_`,
  "bold of Markdown": (link) => `${link}**`,
  "a tracker": (link) => `${link}&utm_source=mail&utm_medium=a.b`,
  "another tracker": (link) => `${link}?fbclid=IwAR0_x-y`,
  "two hashes": (link) => `#${link}`,
  "encoded once": encodeURIComponent,
  "encoded twice": (link) => encodeURIComponent(encodeURIComponent(link)),
  "small hexadecimal digits": (link) => link.replace("=", "%3d").replaceAll(".", "%2e"),
  "every sign encoded": (link) =>
    [...link].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(""),
  "encoded, and a tracker": (link) => `${encodeURIComponent(link)}&utm_source=x`,
  "a blank in it": (link) => `${link.slice(0, 40)}%20${link.slice(40)}`,
  "a soft hyphen in it": (link) => `${link.slice(0, 40)}%C2%AD${link.slice(40)}`,
  "a sign of no width in it": (link) => `${link.slice(0, 40)}%E2%80%8B${link.slice(40)}`,
};

for (const [name, alter] of Object.entries(ALTERED)) {
  test(`a link is read with ${name}`, async () => {
    assert.equal(await subjectOf(`#${alter(LINK)}`), SAID.subject);
  });
}

test("a link is read whatever its last sign is, and with a like sign behind it", async () => {
  const ends = new Set();
  for (let n = 0; n < 500; n++) {
    const said = { ...SAID, subject: `Product ${n}` };
    const link = await encodeLink(said, DATA, false);
    ends.add(link.at(-1));
    for (const more of ["", "_", "-", "."]) {
      assert.equal(await subjectOf(`#${link}${more}`), said.subject);
    }
  }
  assert.ok(ends.size > 10);
});

test("a link that is not whole is refused", async () => {
  for (const cut of [LINK.slice(0, -1), LINK.replace(/\.\w/, "."), `${LINK}A`, "stagebook="]) {
    assert.equal(await subjectOf(`#${cut}`), "link-damaged");
  }
  assert.equal(await subjectOf(`#stagebook=${NEWEST + 1}.x`), "file-newer");
});

const PARTS = [
  ...["%", "%E0%A4%A", "%E0%A4", "%%%", "%25", "%00", "\ud800", "\udfff", "\u202e", "#", "=", "."],
  ...["stagebook=", "stagebook%3D", "stagebook=1.", LINK, LINK.slice(0, 30), "&", "?", "/", " "],
  ...["result", "__proto__", "constructor", "[id]", "\n", "é", "🙂", "1.00000000.", "_-".repeat(9)],
];

test("no fragment throws", async () => {
  let state = 1;
  const random = (n) => {
    state = (state * 48271) % 2147483647;
    return state % n;
  };
  for (let n = 0; n < 20_000; n++) {
    const parts = Array.from({ length: random(7) }, () =>
      random(4) ? PARTS[random(PARTS.length)] : String.fromCharCode(random(0x10000)),
    );
    const fragment = parts.join("");
    const route = readRoute(fragment);
    if (route.kind === "shared") await decodeLink(route.link, DATA);
    else assert.ok(Array.isArray(route.ids), fragment);
  }
});

test("ten million signs are refused unread", async () => {
  for (const part of ["%", "%25", "_", " ", "#", "9", ")"]) {
    const text = part.repeat(10_000_000 / part.length);
    assert.deepEqual(readRoute(`#${text}`), { kind: "place", ids: [] });
    for (const start of ["stagebook=", "stagebook=1.00000000.", "stagebook%3D1."]) {
      assert.equal(await subjectOf(`#${start}${text}`), "file-too-large");
      // What is short enough is read, in a moment: time that grew faster than its length would show.
      assert.match(await subjectOf(`#${start}${text.slice(0, 1_000_000)}`), /^(link-|file-)/);
    }
  }
  const longest = `#stagebook=1.${"%25".repeat(1_600_000)}`;
  assert.match(await subjectOf(longest), /^(link-|file-)/);
});

test("what unpacks to more than an assessment is stopped at the limit", async () => {
  // 1.45 GB in 1.4 MB: deflate makes no more of its input than a thousandfold.
  const part = deflateRawSync(Buffer.alloc(10_000_000), { finishFlush: constants.Z_FULL_FLUSH });
  const parts = [...Array(145).fill(part), Buffer.from([3, 0])];
  const packed = Buffer.concat(parts).toString("base64url");
  const real = globalThis.DecompressionStream;
  const counted = { read: 0, made: 0 };
  globalThis.DecompressionStream = class {
    constructor(kind) {
      const stream = new real(kind);
      const writer = stream.writable.getWriter();
      this.writable = new WritableStream({
        async write(piece) {
          counted.read += piece.length;
          await writer.write(piece);
        },
        close: () => writer.close(),
        abort: (why) => writer.abort(why),
      });
      const count = new TransformStream({
        transform(piece, out) {
          counted.made += piece.length;
          out.enqueue(piece);
        },
      });
      this.readable = stream.readable.pipeThrough(count);
    }
  };
  try {
    const link = `stagebook=1.${crc32(packed)}.${packed}`;
    assert.equal(await subjectOf(link), "file-too-large");
  } finally {
    globalThis.DecompressionStream = real;
  }
  assert.ok(counted.made < 12_000_000, `${counted.made} bytes were unpacked`);
  assert.ok(counted.read < packed.length / 8, `${counted.read} bytes were fed`);
});
