// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.registry;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.catalog.probe.ProbeCheck;
import io.osmo.backend.verify.internal.catalog.probe.ProbeRemedies;
import io.osmo.backend.verify.snapshot.ProbeFacts;
import io.osmo.backend.verify.snapshot.ReachFacts;
import io.osmo.backend.verify.snapshot.ReachFacts.Answer;
import io.osmo.backend.verify.snapshot.ReachFacts.Target;
import java.util.List;
import java.util.Set;

/** The API of a registry answers each pool, whether or not it asks for a credential. */
public final class RegistryReachable extends ProbeCheck {
    private static final Set<Integer> GOOD = Set.of(200, 401, 403);

    private final String host;

    private RegistryReachable(String id, String name, String host) {
        super(id, name + " reachable from every pool", Requirement.RG_1, Severity.ERROR);
        this.host = host;
    }

    public static RegistryReachable nvcrReachable() {
        return new RegistryReachable("registry.nvcr-reachable", "nvcr.io", "nvcr.io");
    }

    public static RegistryReachable ghcrReachable() {
        return new RegistryReachable("registry.ghcr-reachable", "ghcr.io", "ghcr.io");
    }

    public static RegistryReachable dockerReachable() {
        return new RegistryReachable("registry.docker-reachable", "docker.io", "registry-1.docker.io");
    }

    @Override
    protected Finding judge(ProbeFacts facts, Evidence evidence) {
        List<ReachFacts> asked = facts.reaches().stream()
                .filter(r -> r.target() == Target.REGISTRY && r.url().equals("https://" + host + "/v2/"))
                .toList();
        return asked.isEmpty()
                ? skipped(host + " was not requested")
                : all(
                        asked,
                        "pools",
                        ReachFacts::answer,
                        answer -> GOOD.contains(answer.status()),
                        Answer::describe,
                        ProbeRemedies::of);
    }
}
