import '#widgets/fields/file.js';
import './track.js';
