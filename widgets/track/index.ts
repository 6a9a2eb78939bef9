import './track.js';
