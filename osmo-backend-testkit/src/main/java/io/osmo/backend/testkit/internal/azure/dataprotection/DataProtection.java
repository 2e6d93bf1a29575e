// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.dataprotection;

import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.authorization.RoleAssignments;
import io.osmo.backend.testkit.internal.azure.containerservice.ContainerService;
import io.osmo.backend.testkit.internal.azure.kubernetesconfiguration.Extensions;
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;

/** Microsoft.DataProtection. */
public final class DataProtection {
    static final String[] VERSIONS = {"2025-07-01", "2025-01-01", "2024-04-01"};

    public DataProtection(
            Arm arm,
            AzureSubscription azure,
            ContainerService containers,
            Extensions extensions,
            ResourceIdentities identities,
            RoleAssignments roles) {
        BackupPolicies policies = new BackupPolicies(azure);
        BackupInstances instances = new BackupInstances(azure, policies, containers, extensions, identities, roles);
        arm.add(new BackupVaults(azure, instances, identities), policies, instances);
    }
}
