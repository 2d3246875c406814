// Builds assets/symbols.json: the drawings on the counters as small pieces of SVG.
//
//   npm install --no-save --ignore-scripts milsymbol@3.0.4
//   node tools/build_symbols.cjs
//
// Branch icons and echelon marks come from milsymbol (MIT, see assets/CREDITS.md). Irregular forces have no
// standard icon, and letters are drawn as strokes because the game's SVG reader knows no text; both are drawn
// here by hand. Every side gets the same rectangular frame, as on printed counters: colour and emblem tell sides
// apart. Colours and line widths are left open as {ink}, {paper} and {line}; the game fills them in, with thicker
// lines on smaller counters.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const milsymbol = require("milsymbol");

const INK = "#010101";
const PAPER = "#FFFFFE";
const BRANCHES = {
  infantry: "121100",
  motorised: "121104",
  mech: "121102",
  armour: "120500",
  recon: "121300",
  artillery: "130300",
  mortar: "130800",
  missile: "130700",
  air_defence: "130100",
  engineer: "140700",
  logistics: "163400",
  transport: "163600",
  air: "120800",
  helicopter: "120600",
  drone: "121900",
};
const ECHELONS = { squad: "12", sec: "13", det: "14", coy: "15", bty: "15", btn: "16", rgt: "17", bde: "18", div: "21" };

const stroke = (d) => `<path d="${d}" fill="none" stroke="{ink}" stroke-width="{line}" stroke-linejoin="round" stroke-linecap="round"/>`;
const solid = (d) => `<path d="${d}" fill="{ink}" stroke="none"/>`;
const dot = (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r}" fill="{ink}" stroke="none"/>`;
const ring = (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r}" fill="{paper}" stroke="{ink}" stroke-width="{line}"/>`;

// Letters in a cell 30 wide and 48 high, upper left corner at 0,0.
const LETTERS = {
  F: "M4,48 V0 H28 M4,23 H23",
  H: "M3,0 V48 M27,0 V48 M3,24 H27",
  O: "M15,0 C34,0 34,48 15,48 C-4,48 -4,0 15,0 Z",
  Q: "M15,0 C34,0 34,48 15,48 C-4,48 -4,0 15,0 Z M17,34 L30,52",
  S: "M27,8 C24,-2 4,-3 4,12 C4,26 27,22 27,36 C27,51 5,50 2,39",
};

function word(text) {
  const step = 40;
  const left = 100 - ((text.length - 1) * step + 30) / 2;
  return [...text]
    .map((letter, i) => `<g transform="translate(${left + i * step},76)">` +
      `<path d="${LETTERS[letter]}" fill="none" stroke="{ink}" stroke-width="{letter}" stroke-linejoin="round" stroke-linecap="round"/></g>`)
    .join("");
}

const bust = (x, y, k) =>
  dot(x, y - 20 * k, 11 * k) +
  solid(`M${x - 20 * k},${y + 24 * k} V${y + 8 * k} C${x - 20 * k},${y - 12 * k} ${x + 20 * k},${y - 12 * k} ${x + 20 * k},${y + 8 * k} V${y + 24 * k} Z`);

// A pick-up truck seen from its left, cab in front; the bed carries whatever the caller adds.
const pickup = solid("M48,122 V98 H96 V98 L106,80 H128 L138,98 H150 C156,98 158,102 158,108 V122 Z") + ring(74, 124, 11) + ring(134, 124, 11);

const DRAWN = {
  hq: word("HQ"),
  special: word("SF"),
  sof: word("SOF"),
  militia: bust(66, 108, 0.95) + bust(134, 108, 0.95) + bust(100, 100, 1.15),
  mobile: pickup + stroke("M72,98 V82 M58,88 L92,70") + dot(72, 80, 6),
  svbied: pickup +
    solid("M76,58 L82,72 L96,64 L91,79 L106,84 L60,98 H48 L58,88 L44,82 L60,78 L56,64 L70,72 Z"),
  cell: stroke("M100,76 L66,124 M100,76 L134,124 M66,124 H134") + ring(100, 76, 12) + ring(66, 124, 12) + ring(134, 124, 12) +
    dot(100, 76, 5) + dot(66, 124, 5) + dot(134, 124, 5),
  garrison: stroke("M52,128 V82 H68 V92 H84 V82 H116 V92 H132 V82 H148 V128 Z"),
};

function everyMode(colour) {
  return { Civilian: colour, Friend: colour, Hostile: colour, Neutral: colour, Unknown: colour, Suspect: colour };
}

function pieces(echelon, branch) {
  const symbol = new milsymbol.Symbol(`10031000${echelon}${branch}0000`, {
    size: 100, strokeWidth: 6, infoFields: false, fillColor: PAPER, frameColor: everyMode(INK), iconColor: everyMode(INK),
  });
  if (!symbol.isValid()) throw new Error(`milsymbol does not know ${echelon} ${branch}`);
  const svg = symbol.asSVG().replace(/^<svg[^>]*>/, "").replace(/<\/svg>$/, "").replace(/ ><\/(path|circle)>/g, "/>");
  if (svg.includes("<text")) throw new Error(`${branch} is written as text and would not be drawn`);
  const frameEnd = svg.indexOf("/>") + 2;
  const rest = svg.slice(frameEnd).replaceAll(INK, "{ink}").replaceAll(PAPER, "{paper}");
  const group = rest.indexOf("<g ");
  return { icon: group < 0 ? rest : rest.slice(0, group), echelon: group < 0 ? "" : rest.slice(group) };
}

function main() {
  const icons = {};
  for (const [name, code] of Object.entries(BRANCHES)) {
    icons[name] = pieces("00", code).icon.replaceAll('stroke-width="3"', 'stroke-width="{line}"').replaceAll('fill="{ink}" />', 'fill="{ink}"/>');
  }
  Object.assign(icons, DRAWN);
  const echelons = {};
  for (const [name, digits] of Object.entries(ECHELONS)) {
    echelons[name] = pieces(digits, BRANCHES.infantry).echelon.replaceAll('stroke-width="6"', 'stroke-width="{mark}"');
  }
  const out = {
    format: 1,
    source: "tools/build_symbols.cjs; branch icons and echelon marks from milsymbol 3.0.4 (MIT)",
    frame: { left: 25, top: 50, width: 150, height: 100 },
    echelon_top: 10,
    icons,
    echelons,
  };
  const file = path.join(__dirname, "..", "assets", "symbols.json");
  fs.writeFileSync(file, JSON.stringify(out, null, 1) + "\n");
  console.log(`${file}: ${Object.keys(icons).length} icons, ${Object.keys(echelons).length} echelons, ${fs.statSync(file).size} bytes`);
}

main();
