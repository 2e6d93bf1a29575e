// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.osmo;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.OsmoAnswers;
import io.osmo.backend.verify.snapshot.OsmoFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One defect for each check of what the OSMO service says. */
public final class OsmoDefects {
    public static final List<Defect> ALL = List.of(
            defect("osmo.api-version", FAIL, c -> c.osmo.release = Optional.of("6.3.1"), "osmoVersion"),
            defect(
                    "operator.token-accepted",
                    FAIL,
                    c -> c.osmo.loginRefusal = Optional.of("Access Token is invalid"),
                    "osmoLogin"),
            defect(
                    "operator.token-match",
                    FAIL,
                    c -> c.osmo.operatorTokenRefusal = Optional.of("Access Token is invalid"),
                    "secrets",
                    "operatorToken"),
            defect("osmo.backend-registered", FAIL, c -> c.osmo.registration = Optional.empty(), "registration"),
            defect(
                    "osmo.backend-uid",
                    FAIL,
                    c -> c.osmo.registered(r -> new OsmoFacts.Registration(
                            r.version(), "another-cluster", r.namespace(), r.routerAddress(), r.lastHeartbeat())),
                    "namespaces",
                    "registration"),
            defect(
                    "osmo.backend-namespace",
                    FAIL,
                    c -> c.osmo.registered(r -> new OsmoFacts.Registration(
                            r.version(), r.clusterUid(), "osmo", r.routerAddress(), r.lastHeartbeat())),
                    "registration"),
            defect(
                    "operator.version-match",
                    FAIL,
                    c -> c.image("osmo-osmo-backend-listener", "registry.example.com/osmo/backend-listener:6.3.1"),
                    "deployments",
                    "osmoVersion"),
            defect("osmo.heartbeat-advancing", FAIL, c -> c.osmo.heartbeatAdvances = false, "heartbeat"),
            defect(
                    "osmo.pool-bound",
                    FAIL,
                    c -> c.osmo.pools.set(0, OsmoAnswers.pool("default", "ONLINE", "default")),
                    "osmoPools"),
            defect(
                    "osmo.pool-online",
                    FAIL,
                    c -> c.osmo.pools.set(0, OsmoAnswers.pool("default", "OFFLINE", "train-west")),
                    "osmoPools"),
            defect(
                    "osmo.pool-default-platform",
                    WARN,
                    c -> c.osmo.pools.set(
                            0,
                            new OsmoFacts.Pool(
                                    "default",
                                    "ONLINE",
                                    "train-west",
                                    "default",
                                    List.of("cpu"),
                                    Fact.of(0),
                                    Fact.of(List.of()),
                                    Fact.of(List.of()))),
                    "osmoPools"),
            defect("osmo.queues", FAIL, c -> c.queues.remove(1), "registration", "osmoPools", "queues"),
            defect("osmo.resources-reported", FAIL, c -> c.osmo.nodes.remove(0), "nodes", "osmoNodes"),
            defect("osmo.resource-totals", WARN, c -> c.osmo.gpus = 0, "nodes", "osmoGpus"),
            defect(
                    "osmo.router-address",
                    WARN,
                    c -> c.osmo.registered(r -> new OsmoFacts.Registration(
                            r.version(), r.clusterUid(), r.namespace(), "", r.lastHeartbeat())),
                    "registration"),
            defect("osmo.user-pool-access", WARN, c -> c.osmo.roles = List.of(), Map.of(), "osmoRoles"));

    private OsmoDefects() {}
}
