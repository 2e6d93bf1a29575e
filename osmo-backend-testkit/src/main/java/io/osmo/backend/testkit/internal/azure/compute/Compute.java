// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.arm.Arm;
import io.osmo.backend.testkit.internal.azure.arm.ArmReply;
import io.osmo.backend.testkit.internal.azure.arm.AzureSubscription;
import io.osmo.backend.testkit.internal.azure.arm.Filters;
import io.osmo.backend.testkit.internal.azure.arm.PlainType;
import io.osmo.backend.testkit.internal.azure.arm.Regions;
import io.osmo.backend.testkit.internal.azure.arm.Traits;
import io.osmo.backend.testkit.internal.azure.authorization.RoleAssignments;
import io.osmo.backend.testkit.internal.azure.keyvault.Vaults;
import io.osmo.backend.testkit.internal.azure.managedidentity.ManagedIdentity;
import java.util.stream.Stream;

/** Microsoft.Compute. */
public final class Compute {
    static final String[] VERSIONS = {"2025-04-01", "2024-11-01", "2024-07-01", "2024-03-01"};
    static final String[] DISK_VERSIONS = {"2025-01-02", "2024-03-02", "2023-10-02"};
    private static final String SUBNET =
            "/properties/virtualMachineProfile/networkProfile/networkInterfaceConfigurations/0/properties/ipConfigurations"
                    + "/0/properties/subnet/id";
    private static final String OS_DISK_ENCRYPTION =
            "/properties/virtualMachineProfile/storageProfile/osDisk/managedDisk/diskEncryptionSet/id";

    /** Quota of premium managed disks. */
    public static final String PREMIUM_DISKS = "PremiumDiskCount";

    private static final int MOST_DISKS = 50_000;

    public final DiskEncryptionSets encryptionSets;
    public final PlainType scaleSets;
    public final PlainType disks;
    private final Arm arm;
    private final AzureSubscription azure;

    public Compute(Arm arm, AzureSubscription azure, Vaults vaults, ManagedIdentity identities, RoleAssignments roles) {
        this.arm = arm;
        this.azure = azure;
        encryptionSets = new DiskEncryptionSets(azure, vaults, identities, roles);
        scaleSets = new PlainType(
                azure,
                Traits.tracked("Microsoft.Compute/virtualMachineScaleSets", VERSIONS),
                SUBNET,
                OS_DISK_ENCRYPTION);
        disks = new PlainType(
                azure,
                Traits.tracked("Microsoft.Compute/disks", DISK_VERSIONS),
                "/properties/encryption/diskEncryptionSetId");
        PlainType reservations = new PlainType(
                azure, Traits.tracked("Microsoft.Compute/capacityReservationGroups/capacityReservations", VERSIONS));
        arm.add(encryptionSets, scaleSets, disks, new CapacityReservationGroups(azure, reservations), reservations);
        arm.add("Microsoft.Compute/skus", (request, id) -> {
            String location = Filters.terms(request.query("$filter")).get(0).value();
            return ArmReply.values(VmSizes.skus(Regions.normal(location)).map(this::restricted));
        });
    }

    /** As the list shows a size that Azure does not sell to the subscription. */
    private ObjectNode restricted(ObjectNode sku) {
        if (azure.isRestricted(sku.path("name").asText())) {
            ObjectNode restriction = sku.withArray("restrictions").addObject();
            restriction.put("type", "Location").put("reasonCode", "NotAvailableForSubscription");
            restriction.set("values", sku.path("locations"));
        }
        return sku;
    }

    /** Counts what is in use. */
    public interface Usage {
        /** @param family a family, {@link VmSizes#TOTAL} or {@link VmSizes#SPOT} */
        int vcpus(String region, String family);

        /** Managed OS disks of nodes. */
        int osDisks(String region);
    }

    /** Adds the list of usages. */
    public void countUsage(Usage usage) {
        arm.add("Microsoft.Compute/locations/usages", (request, id) -> {
            String region = Regions.normal(id.names().get(0));
            Stream<ObjectNode> vcpus = Stream.concat(
                            Stream.of(VmSizes.TOTAL, VmSizes.SPOT), VmSizes.families().stream())
                    .map(family -> azure.usage(family, usage.vcpus(region, family), VmSizes.defaultQuota(family)));
            return ArmReply.values(
                    Stream.concat(vcpus, Stream.of(azure.usage(PREMIUM_DISKS, usage.osDisks(region), MOST_DISKS))));
        });
    }
}
