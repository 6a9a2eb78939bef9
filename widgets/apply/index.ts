import './apply.js';
