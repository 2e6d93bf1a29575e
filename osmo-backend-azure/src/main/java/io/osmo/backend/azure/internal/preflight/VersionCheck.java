// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.catalog.Offers;
import io.osmo.backend.azure.internal.cluster.DesiredCluster;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.Requirement;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.RulesCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.List;

/** Whether AKS offers the version. */
final class VersionCheck extends RulesCheck<AzureContext> {
    VersionCheck() {
        super("version", Requirement.CP_2, "the version is offered", List.of("kubernetesVersion"));
    }

    @Override
    protected List<PreflightFinding> passed(Survey<AzureContext> survey, Inventory inventory) {
        return inventory.attachment(Offers.class).stream()
                .map(offers -> offers.versions().isEmpty()
                        ? unknown(
                                "AKS does not say what it offers before Microsoft.ContainerService is registered",
                                "Run az provider register --namespace Microsoft.ContainerService, then ask again.")
                        : pass("Kubernetes " + DesiredCluster.version(survey.spec(), inventory) + ", of "
                                + String.join(", ", offers.versions())))
                .toList();
    }
}
