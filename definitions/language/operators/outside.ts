import type { Compiler, Operators } from '../compiler.js';
import { faulty } from '../compiler.js';
import { isUnanswered, readOwn } from '../reading.js';
import type { Node } from '../run.js';
import { tellRead } from '../run.js';
import type { Value } from '../situation.js';
import { Unknown } from '../unknown.js';

/** What a register tells. */
function compileFact(argument: unknown, { index: { programme } }: Compiler): Node {
  if (typeof argument !== 'string' || !programme.facts.some(({ id }) => id === argument)) return faulty('factUnknown');
  const source = { fact: argument };
  const awaiting = new Unknown('awaitingRegistry', [`fact:${argument}`]);
  return (run) => {
    const value = readOwn(run.situation.facts, argument) as Value | undefined;
    if (isUnanswered(value)) return awaiting;
    tellRead(run, source, value);
    return value;
  };
}

/** Is this paper accepted? Awaited until it is judged. */
function compileDocument(argument: unknown, { index: { programme } }: Compiler): Node {
  if (typeof argument !== 'string' || !programme.documents.some(({ id }) => id === argument)) return faulty('documentUnknown');
  const source = { document: argument };
  const awaiting = new Unknown('awaitingDocument', [`document:${argument}`]);
  return (run) => {
    const status = readOwn(run.situation.documents, argument);
    if (status !== 'accepted' && status !== 'refused') return awaiting;
    tellRead(run, source, status);
    return status === 'accepted';
  };
}

/** What is told from outside the form. */
export const OUTSIDE_OPERATORS: Operators = { fact: compileFact, document: compileDocument };
