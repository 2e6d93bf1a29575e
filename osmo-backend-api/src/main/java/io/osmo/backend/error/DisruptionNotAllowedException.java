// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.error;

import io.osmo.backend.resource.Disruption;
import java.util.List;
import java.util.stream.Collectors;

/** A plan would disrupt running work more than its caller allows. Nothing was changed. */
public final class DisruptionNotAllowedException extends OsmoBackendException {
    private static final long serialVersionUID = 1;

    private final transient List<String> changes;
    private final Disruption needed;

    /**
     * @param needed the least disruption that must be allowed
     * @param changes what exceeds the limit, one sentence each
     */
    public DisruptionNotAllowedException(String backend, Disruption needed, Disruption allowed, List<String> changes) {
        super(
                backend + ": the plan does more to running work than " + allowed + ", which is allowed"
                        + changes.stream().map(c -> "\n  - " + c).collect(Collectors.joining()),
                "Look at the plan. To accept this, apply it with ApplyOptions.defaults().allow(Disruption." + needed
                        + "). Nothing was changed.",
                null);
        this.needed = needed;
        this.changes = List.copyOf(changes);
    }

    /** What exceeds the limit, one sentence each. */
    public List<String> changes() {
        return changes;
    }

    /** The least disruption that must be allowed. */
    public Disruption needed() {
        return needed;
    }
}
