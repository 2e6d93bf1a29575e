// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalogue.controlplane;

import io.osmo.backend.verify.check.Evidence;
import java.util.Map;

/**
 * A command by which each cloud changes the same thing of a cluster; NAME and REGION in it are those of the cluster.
 *
 * @param eks for the command line of AWS
 * @param gke for that of Google
 * @param aks for that of Azure, which asks for a resource group as well
 */
public record CloudCommand(String eks, String gke, String aks) {
    /** The command for the cloud of a cluster that its API has told about; of other providers than ours no command is known. */
    public String on(Evidence evidence) {
        return evidence.snapshot()
                .cloud()
                .known()
                .map(cloud -> Map.of("aws", eks, "gcp", gke, "azure", aks)
                        .getOrDefault(cloud.provider(), "Change it with the tools of " + cloud.provider() + ".")
                        .replace("NAME", cloud.clusterName())
                        .replace("REGION", cloud.region()))
                .orElse("Change it with the tools of the cloud.");
    }
}
