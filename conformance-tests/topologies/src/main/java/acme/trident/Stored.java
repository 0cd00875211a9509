package acme.trident;

import java.io.Serializable;
import storm.trident.state.OpaqueValue;
import storm.trident.state.TransactionalValue;

/** Trident's own forms of a value cannot be written to a file by Java: this one can. */
final class Stored implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Long txid;
  private final Long current;
  private final Long previous;

  private Stored(Long txid, Long current, Long previous) {
    this.txid = txid;
    this.current = current;
    this.previous = previous;
  }

  static Stored of(OpaqueValue<Long> value) {
    return value == null ? null : new Stored(value.getCurrTxid(), value.getCurr(), value.getPrev());
  }

  static Stored of(TransactionalValue<Long> value) {
    return value == null ? null : new Stored(value.getTxid(), value.getVal(), null);
  }

  OpaqueValue<Long> opaque() {
    return new OpaqueValue<>(txid, current, previous);
  }

  TransactionalValue<Long> transactional() {
    return new TransactionalValue<>(txid, current);
  }

  long current() {
    return current;
  }
}
