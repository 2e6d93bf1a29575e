// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.probe;

import io.osmo.backend.spec.Requirement;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;

/**
 * Something that only a probe proves: it stands in the catalogue so that a report without probes says that it is not proven,
 * rather than nothing. The verifier skips it for want of the vantage.
 */
public final class NeedsProbe extends AbstractCheck {
    private NeedsProbe(String id, String title, Requirement requirement) {
        super(id, title, requirement, Severity.ERROR, Vantage.PROBE);
    }

    public static List<NeedsProbe> all() {
        return List.of(
                new NeedsProbe("network.egress-probe", "the internet reached from every pool", Requirement.NW_2),
                new NeedsProbe("network.osmo-http", "the OSMO service answers from every pool", Requirement.NW_2),
                new NeedsProbe("storage.pvc-probe", "a claim binds and a pod writes to it", Requirement.ST_2),
                new NeedsProbe("registry.nvcr-reachable", "nvcr.io reached from every pool", Requirement.RG_1),
                new NeedsProbe("registry.ghcr-reachable", "ghcr.io reached from every pool", Requirement.RG_1),
                new NeedsProbe("registry.docker-reachable", "docker.io reached from every pool", Requirement.RG_1),
                new NeedsProbe("registry.pull-secret-accepted", "the registry takes the credential", Requirement.RG_2),
                new NeedsProbe("registry.private", "private registries reached from every pool", Requirement.RG_3),
                new NeedsProbe("security.tls-min-version", "TLS 1.2 or newer at every end", Requirement.SC_3));
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return unknown("probes bring their results in evidence of their own, and this evidence has none");
    }
}
