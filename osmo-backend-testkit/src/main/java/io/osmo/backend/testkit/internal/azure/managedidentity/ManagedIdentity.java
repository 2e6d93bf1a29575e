// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.managedidentity;

import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.authorization.Principals;

/** Microsoft.ManagedIdentity. */
public final class ManagedIdentity {
    public final UserAssignedIdentities userAssigned;
    public final ResourceIdentities ofResources;

    public ManagedIdentity(Arm arm, AzureSubscription azure, Principals principals) {
        userAssigned = new UserAssignedIdentities(azure, principals);
        ofResources = new ResourceIdentities(userAssigned, principals);
        arm.add(userAssigned);
    }
}
