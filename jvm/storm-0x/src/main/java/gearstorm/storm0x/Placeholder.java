package gearstorm.storm0x;

/** Bridge for backtype.storm 0.9 and 0.10. */
final class Placeholder {}
