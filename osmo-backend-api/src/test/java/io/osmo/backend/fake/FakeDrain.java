// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.fake;

import io.osmo.backend.resource.Disruption;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Deletable;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The work on a pool; gone once it was asked to go, unless the pool is one that is never empty. */
record FakeDrain(FakeCloud cloud, ResourceId emptied, Set<ResourceId> busy, Duration deadline)
        implements Deletable<String> {
    /** A pool whose work never goes. */
    static final String NEVER = "pool/stubborn";

    @Override
    public ResourceId id() {
        return ResourceId.of("drain", emptied.name());
    }

    @Override
    public Class<String> type() {
        return String.class;
    }

    @Override
    public Set<ResourceId> after() {
        return Set.of(emptied);
    }

    @Override
    public Optional<String> read(State state) {
        return busy.contains(emptied) ? Optional.of("1 pod left") : Optional.empty();
    }

    @Override
    public Readiness readiness(String observed) {
        return new Readiness(Readiness.Status.READY, observed);
    }

    @Override
    public Disruption deletionDisruption(String observed) {
        return Disruption.OUTAGE;
    }

    @Override
    public void delete(String observed, State state) {
        cloud.log.add("drain " + emptied);
        if (!emptied.toString().equals(NEVER)) {
            busy.remove(emptied);
        }
    }

    @Override
    public Timing timing() {
        Duration takes = Duration.ofSeconds(20);
        return new Timing(takes, takes, takes, Duration.ofSeconds(5), deadline);
    }

    @Override
    public String describe() {
        return "work on the nodes of pool " + emptied.name();
    }
}
