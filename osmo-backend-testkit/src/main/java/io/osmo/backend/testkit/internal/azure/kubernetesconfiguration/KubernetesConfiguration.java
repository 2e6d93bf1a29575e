// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.kubernetesconfiguration;

import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.containerservice.ControlPlanes;
import io.osmo.backend.testkit.internal.azure.managedidentity.ResourceIdentities;

/** Microsoft.KubernetesConfiguration. */
public final class KubernetesConfiguration {
    public final Extensions extensions;

    public KubernetesConfiguration(
            Arm arm, AzureSubscription azure, ControlPlanes planes, ResourceIdentities identities) {
        extensions = new Extensions(azure, planes, identities);
        arm.add(extensions);
    }
}
