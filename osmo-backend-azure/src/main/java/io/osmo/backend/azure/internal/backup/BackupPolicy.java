// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One backup each night, kept as long as the spec says. */
final class BackupPolicy extends ArmResource {
    /** What the calls below need. */
    public static final Needs NEEDS =
            ArmType.BACKUP_POLICY.needs(BackupNames.POLICY.kind()).delete(ArmType.BACKUP_POLICY.action("delete"));

    static final String DATASOURCE = "Microsoft.ContainerService/managedClusters";

    private static final Map<String, Object> SNAPSHOTS =
            Map.of("objectType", "DataStoreInfoBase", "dataStoreType", "OperationalStore");

    private final int days;

    BackupPolicy(AzureContext context, int days) {
        super(
                context,
                BackupNames.POLICY,
                ArmType.BACKUP_POLICY,
                BackupNames.policyId(context),
                Set.of(BackupNames.VAULT),
                Timing.seconds(1, 1, 1, 2, 15),
                "backup policy: each night, kept for " + days + " days");
        this.days = days;
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object(
                "properties",
                Map.of(
                        "objectType",
                        "BackupPolicy",
                        "datasourceTypes",
                        List.of(DATASOURCE),
                        "policyRules",
                        List.of(nightly(), retention())));
    }

    private static Map<String, Object> nightly() {
        return Map.of(
                "name",
                "BackupDaily",
                "objectType",
                "AzureBackupRule",
                "backupParameters",
                Map.of("objectType", "AzureBackupParams", "backupType", "Incremental"),
                "dataStore",
                SNAPSHOTS,
                "trigger",
                Map.of(
                        "objectType",
                        "ScheduleBasedTriggerContext",
                        "schedule",
                        Map.of("repeatingTimeIntervals", List.of("R/2026-01-01T03:00:00+00:00/P1D"), "timeZone", "UTC"),
                        "taggingCriteria",
                        List.of(Map.of(
                                "isDefault", true, "taggingPriority", 99, "tagInfo", Map.of("tagName", "Default")))));
    }

    private Map<String, Object> retention() {
        return Map.of(
                "name",
                "Default",
                "objectType",
                "AzureRetentionRule",
                "isDefault",
                true,
                "lifecycles",
                List.of(Map.of(
                        "deleteAfter",
                        Map.of("objectType", "AbsoluteDeleteOption", "duration", "P" + days + "D"),
                        "sourceDataStore",
                        SNAPSHOTS)));
    }

    @Override
    protected boolean patchesTags() {
        return false;
    }

    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(BackupNames.VAULT);
    }
}
