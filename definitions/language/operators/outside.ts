import type { Compiler, Node, Operator } from '../compiler.js';
import { faulty } from '../compiler.js';
import { isUnanswered, readOwn } from '../reading.js';
import { tellRead } from '../run.js';
import { Unknown } from '../unknown.js';

/** What a register tells. */
function compileFact(argument: unknown, { index }: Compiler): Node {
  if (typeof argument !== 'string' || !index.facts.has(argument)) return faulty('factUnknown');
  const source = { fact: argument };
  const awaiting = new Unknown('awaitingRegistry', [`fact:${argument}`]);
  return (run) => {
    const value = readOwn(run.facts, argument);
    if (isUnanswered(value)) return awaiting;
    tellRead(run, source, value);
    return value;
  };
}

/** Is this paper accepted? Awaited until it is judged. */
function compileDocument(argument: unknown, { index }: Compiler): Node {
  if (typeof argument !== 'string' || !index.documents.has(argument)) return faulty('documentUnknown');
  const source = { document: argument };
  const awaiting = new Unknown('awaitingDocument', [`document:${argument}`]);
  return (run) => {
    const status = readOwn(run.documents, argument);
    if (status !== 'accepted' && status !== 'refused') return awaiting;
    tellRead(run, source, status);
    return status === 'accepted';
  };
}

/** What is told from outside the form. */
export const OUTSIDE_OPERATORS: readonly Operator[] = [
  { name: 'fact', compile: compileFact },
  { name: 'document', compile: compileDocument },
];
