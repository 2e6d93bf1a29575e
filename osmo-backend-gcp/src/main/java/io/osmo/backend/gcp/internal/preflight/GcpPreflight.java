// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.preflight;

import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.cluster.GkeCluster;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.provider.NameCheck;
import io.osmo.backend.spi.provider.Preflight;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.quota.QuotaCheck;
import java.util.List;
import java.util.Optional;

/** The checks before anything is created, in the order of the report. */
public final class GcpPreflight {
    public static final Preflight<GcpContext> PREFLIGHT = new Preflight<>(
            new IdentityCheck(),
            List.of(
                    new NameCheck<>(GkeCluster.ID, "GKE"),
                    RulesCheck.of(
                            "services",
                            Optional.empty(),
                            "all services are enabled",
                            List.of("settings.enableServices")),
                    RulesCheck.of("version", Requirement.CP_2, "the version is offered", List.of("kubernetesVersion")),
                    RulesCheck.of(
                            "instance-types",
                            Requirement.CN_1,
                            "machines and accelerators are sold in the zones",
                            List.of("computePools", "operatorPool")),
                    RulesCheck.of(
                            "network",
                            Requirement.NW_1,
                            "the network is as needed",
                            List.of("network", "settings.podRange", "settings.serviceRange")),
                    RulesCheck.of("admins", Requirement.CP_1, "the administrators are known", List.of("admins")),
                    RulesCheck.of("key", Requirement.SC_1, "the key is as needed", List.of("encryption")),
                    new QuotaCheck<>(new GcpQuotas())));

    private GcpPreflight() {}
}
