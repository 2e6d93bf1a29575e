// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.UNKNOWN;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.internal.catalog.Mutation.plant;

import io.osmo.backend.verify.fixture.OsmoAnswers;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import java.util.List;
import java.util.Optional;

/** Defects that only the OSMO service shows. */
final class OsmoMutations {
    static final List<Mutation> ALL = List.of(
            plant(
                    "never connected, though the service says online",
                    c -> {
                        c.osmo.registered(r ->
                                new OsmoFacts.Registration("", "", "", "wss://osmo.example.com", r.lastHeartbeat()));
                        c.osmo.pools.set(0, OsmoAnswers.pool("default", "OFFLINE", "train-west"));
                    },
                    "osmo.backend-uid",
                    FAIL,
                    "osmo.pool-online",
                    FAIL),
            plant(
                    "another pool than the one that is wanted",
                    c -> c.osmo.pools.set(0, OsmoAnswers.pool("other", "ONLINE", "train-west")),
                    "osmo.queues",
                    FAIL),
            plant("no pool at all", c -> c.osmo.pools.clear(), "osmo.pool-bound", FAIL),
            plant(
                    "pool under maintenance",
                    c -> c.osmo.pools.set(0, OsmoAnswers.pool("default", "MAINTENANCE", "train-west")),
                    "osmo.pool-online",
                    FAIL),
            plant(
                    "service too old",
                    c -> {
                        c.osmo.version = "6.2.9";
                        c.osmo.release = Optional.empty();
                        c.image("osmo-osmo-backend-listener", "registry.example.com/osmo/backend-listener:6.2.9");
                        c.image("osmo-osmo-backend-worker", "registry.example.com/osmo/backend-worker:6.2.9");
                    },
                    "osmo.api-version",
                    FAIL),
            plant(
                    "service upgraded alone",
                    c -> {
                        c.osmo.version = "6.4.1";
                        c.osmo.release = Optional.of("6.4.1");
                    },
                    "operator.version-match",
                    FAIL),
            plant("pre-release of the release", c -> c.osmo.release = Optional.of("6.4.0-rc1")),
            plant(
                    "router address without a scheme",
                    c -> c.osmo.registered(r -> new OsmoFacts.Registration(
                            r.version(), r.clusterUid(), r.namespace(), "osmo.example.com", r.lastHeartbeat())),
                    "osmo.router-address",
                    WARN),
            plant(
                    "token of a backend",
                    c -> c.blind("osmoNodes", "osmoRoles"),
                    "osmo.resources-reported",
                    UNKNOWN,
                    "osmo.user-pool-access",
                    UNKNOWN),
            plant("more GPUs than are ready", c -> c.osmo.gpus = 8));

    private OsmoMutations() {}
}
