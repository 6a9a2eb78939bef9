// Gzip by a patient compressor: what every browser reads, some 3 % smaller than level 9. In a thread of its own, because the
// compressor hangs handlers on the process that loads it. Plain JavaScript, beside build.mjs.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';

const PASSES = 60;

/**
 * @param {readonly Uint8Array[]} sources
 * @returns {Promise<readonly Uint8Array[]>} each as gzip
 */
export function zip(sources) {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(import.meta.url), { workerData: sources });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`packing ended with ${code} and no result`)));
  });
}

if (!isMainThread && parentPort !== null && Array.isArray(workerData)) {
  const { gzipAsync } = await import('@gfx/zopfli');
  parentPort.postMessage(await Promise.all(workerData.map((source) => gzipAsync(source, { numiterations: PASSES }))));
}
