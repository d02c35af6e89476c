/** Data of a rubric's quiz, as `stagebook.quiz_data` makes it. */

export type Scale = { id: string; choices: { id: string; label: string; score: number }[] };
export type Stage = {
  id: string;
  level: number;
  title: string;
  share: number | null;
  aliases: string[];
};
export type Topic = { id: string; title: string };
/** What the overall score is at most while a gate is not met. */
export type Cap = { score: number | null; band: string | null };
/** Factor and unit of the scores of one level. */
export type Level = { times: number; unit: string | null };
export type Dimension = {
  id: string;
  title: string;
  core: boolean;
  group: string | null;
  weight: number;
};
export type Condition = { answer: string; op: "<=" | ">=" | "<" | ">" | "=="; value: number };
export type GateMeasure = {
  of: string;
  conditions?: Condition[];
  points?: [number, number][];
};
export type Gate = {
  id: string;
  code: string | null;
  title: string;
  dimension: string;
  stage: string | null;
  /** All stages that it counts to; none where it names none. */
  stages: string[];
  topic: string | null;
  scale: string;
  blocking: boolean;
  bonus: boolean;
  cap: Cap | null;
  weight: number;
  requires: string[];
  /** For each question of the profile, the answers with which it applies. */
  applies: { question: string; answers: string[] }[];
  criteria: string[];
  /** The answer that is aimed at, where that is not the highest. */
  target?: string;
  ticks: { answer: string; needed: number }[];
  rev: number;
  aliases: string[];
  measure: GateMeasure | null;
};
export type Measure = {
  id: string;
  title: string;
  unit: string;
  min: number | null;
  max: number | null;
  aliases: string[];
};
export type Symptom = {
  id: string;
  observation: string;
  looks_like: string | null;
  gates: string[];
  disproof: string | null;
  aliases: string[];
};
export type Remediation = {
  id: string;
  title: string;
  opens: string[];
  owner: string | null;
  weeks: [number, number] | null;
  ratings: Record<string, number>;
  aliases: string[];
};
/** What plays are rated by. */
export type Rating = { id: string; counts: "cost" | "value" | "not"; weight: number };
/** A question about the subject, asked first. */
export type ProfileQuestion = {
  id: string;
  question: string;
  choices: { id: string; label: string }[];
  aliases: string[];
};
export type Reducer = "mean" | "sum" | "min" | "max";
export type Band = { id: string; at: number; label: string | null; stage: string | null };
export type Scoring = {
  pass: number;
  not_applicable: "exclude" | "zero";
  cell: Reducer;
  dimension: Reducer | "ladder";
  share: number;
  ladder: "nested" | "apart";
  group: Reducer;
  /** By what parts count where there is no overall score. */
  overall: {
    of: "gates" | "dimensions" | "groups";
    by: Reducer | "ladder";
    only: "core" | "all";
    blocking: "counted" | "all";
  };
  has_overall: boolean;
  /** What a position on the ladder is multiplied by, for each kind of score that is one. */
  factors: Record<string, number>;
  /** Whether the overall stage is that of ladders, not of bands. */
  climbs: boolean;
  times: number;
  unit: string | null;
  levels: Record<string, Level>;
  plan: "weeks" | "ratings" | "risk" | "rubric";
  team: "median" | "mean";
  decimals: number;
  bands: { edge: "lower" | "upper"; of: Band[] } | null;
};
export type Words = typeof import("../stagebook/strings/en.json")["quiz"];
export type Data = {
  words: Words;
  id: string;
  title: string;
  version: string;
  /** A hash of all but the texts: the same in each language. */
  form: string;
  /** Ids of the rubrics that it extends; data of an earlier release has none. */
  bases?: string[];
  /** The language of the words. */
  language: string;
  /** The language of the rubric's texts, where it is another. */
  text: { lang: string; dir: string } | null;
  scales: Scale[];
  stages: Stage[];
  dimensions: Dimension[];
  groups: { id: string; title: string }[];
  topics: Topic[];
  gates: Gate[];
  measures: Measure[];
  symptoms: Symptom[];
  remediations: Remediation[];
  ratings: Rating[];
  profile: ProfileQuestion[];
  /** Ids, earlier ones too, of gates that are kept for readers only. */
  retired: string[];
  scoring: Scoring;
  quick_check: string[];
  /** An assessment of something fictional, to look at. */
  sample: Assessment | null;
  pace: number;
  changes: Change[];
  /** What words mean, to show where they stand; left out where the rubric has no glossary. */
  glossary?: Term[];
};
export type Term = { term: string; meaning: string };
/** What changed in one version; a rubric lists them newest first. */
export type Change = { version: string; date: string | null; notes: string[] };

/**
 * An assessment file; what the rubric does not know stays in it untouched. A measure is a text where
 * what was typed is not understood as a number.
 */
export type Evidence = { title?: string; url?: string; date?: string };
export type Answer = {
  answer?: string | null;
  reason?: string;
  note?: string;
  evidence?: Evidence[];
  flag?: boolean;
  /** Ids of the criteria that are met. */
  ticks?: string[];
  rev?: number;
  [other: string]: unknown;
};
/** A play in a phase of a roadmap, by the id of the remediation, and who does it. */
export type PhasePlay = { id: string; owner?: string; [other: string]: unknown };
/** A part of a roadmap: its plays, who leads it, until when, and the stage that it is for. */
export type Phase = {
  title?: string;
  owner?: string;
  date?: string;
  target_stage?: string;
  remediations?: PhasePlay[];
  [other: string]: unknown;
};
export type Assessment = {
  format?: string;
  rubric?: { id: string; version: string };
  subject?: string;
  team?: string;
  respondent?: string;
  role?: string;
  date?: string;
  believed_stage?: string | null;
  target_stage?: string | null;
  answers?: Record<string, Answer>;
  measures?: Record<string, number | string>;
  profile?: Record<string, string>;
  symptoms?: string[];
  roadmap?: Phase[];
  [other: string]: unknown;
};

/** Scoring. */
export type Item = {
  low: number;
  high: number;
  so_far: number | null;
  weight: number;
  optional: boolean;
  of: string;
  id: string;
  trace: Trace | null;
};
/** How a score on the answers so far was made; `ladder` has the level reached and the next stage. */
export type Trace = {
  by: string;
  parts: Part[];
  base: number | null;
  next: string | null;
  times: number;
  cap: number | null;
};
export type State = {
  answer: string | null;
  score: number | null;
  applies: boolean;
  is_open: boolean;
};
export type Score = { low: number | null; high: number | null; so_far: number | null };
export type Stages = { low: string | null; high: string | null; so_far: string | null };
export type DimensionResult = Score & { stage: Stages; shut: string[] };
export type Result = {
  states: Map<string, State>;
  coverage: {
    gates: number;
    answered: number;
    unknown: number;
    not_applicable: number;
    unanswered: number;
  };
  overall: Score & { stage: Stages; band: string | null; bands: Stages };
  groups: Record<string, Score>;
  topics: Record<string, Score>;
  dimensions: Record<string, DimensionResult>;
  cells: Record<string, Record<string, Score>>;
  /** Of an overall ladder: the fraction of each stage, 1 where it is complete. */
  stages: Record<string, Score>;
  items: Items;
};
/** The scores with their traces; null stands for what does not apply. */
export type Items = {
  overall: Item | null;
  groups: Map<string, Item | null>;
  topics: Map<string, Item | null>;
  dimensions: Map<string, Item | null>;
  /** What dimensions that do not count leave of the overall score, by their blocking gates. */
  limits: Map<string, Item | null>;
  cells: Map<string, Map<string, import("./scoring/scorer.js").Outcome>>;
  topicCells: Map<string, Map<string, import("./scoring/scorer.js").Outcome>>;
};
export type ShutGate = { gate: string; answer: string | null; blocking: boolean };
export type Reason = {
  dimension: string;
  stage: string;
  open: number;
  applicable: number;
  needed: number;
  gates: ShutGate[];
};
export type PlanItem = {
  remediation: string;
  opens: string[];
  blocking: number;
  weeks: [number, number] | null;
};
export type Diagnosis = {
  believed: { stage: string; levels_above: number | null } | null;
  target: string | null;
  reasons: Reason[];
  /** The cells whose blocking gates limit the overall score, of dimensions that do not count. */
  limits: Reason[];
  /** Dimensions that keep the overall score from rising. */
  holding: string[];
  /** Without a ladder: answered gates that keep the overall score from its top. */
  lowering: string[];
  second_look: { gate: string; symptom: string }[];
  second_look_requires: { gate: string; requires: string }[];
  plan: PlanItem[];
  plan_total: { weeks: [number, number] };
  plan_unestimated: number;
  plan_unopened: string[];
};

/** The arithmetic. */
export type Part = { of: string; id: string; value: number; weight: number };
export type Calculation = Trace & { of: string; id: string; value: number };

/** Comparison: two assessments, or many in a row. */
export type Saved = { id: string; assessment: Assessment };
export type Move<T> = { before: T; after: T };
export type GateMove = Move<string | null> & {
  gate: string;
  kind: "opened" | "shut" | "answered" | "changed" | "cleared";
};
export type Compared = Move<Result> & {
  gates: GateMove[];
  symptoms: { symptom: Symptom; is_new: boolean }[];
  measures: ({ measure: Measure } & Move<number | string | undefined>)[];
  profile: ({ question: string } & Move<string | null>)[];
  versions: string[];
  changes: Change[];
  reworded: string[];
};
export type Round = Result & Saved;

/** Several respondents side by side; positions are from 0, a scale's lowest answer, to 1. */
export type GateView = {
  gate: import("./scoring/gates.js").ScoredGate;
  counts: [answer: string, count: number][];
  /** The positions of the answers on the scale, lowest first. */
  ranked: number[];
  /** Their median or mean, as the model says; NaN where nobody gave an answer on the scale. */
  position: number;
  disagreement: number;
  /** The positions of leaders and of practitioners, NaN likewise. */
  roles: number[];
};
export type Team = {
  respondents: Result[];
  gates: GateView[];
  discuss: GateView[];
  apart: GateView[];
};

/** What an element may hold; lists of it may lie in each other. */
export type Child = Node | string | null | undefined | false | Child[];
