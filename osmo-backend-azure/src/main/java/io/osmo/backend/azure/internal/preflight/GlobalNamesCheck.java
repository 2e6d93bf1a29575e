// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.azure.internal.backup.BackupConcern;
import io.osmo.backend.azure.internal.backup.BackupReader;
import io.osmo.backend.azure.internal.encryption.DeletedVault;
import io.osmo.backend.azure.internal.encryption.EncryptionConcern;
import io.osmo.backend.azure.internal.encryption.KeyReader;
import io.osmo.backend.azure.internal.encryption.KeyVault;
import io.osmo.backend.error.Violation;
import io.osmo.backend.plan.PreflightFinding;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Inventory;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.PreflightCheck;
import io.osmo.backend.spi.provider.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Whether the names are free that all customers of Azure share: those of the key vault and of the storage account of the backups.
 *
 * @see <a href="https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/check-name-availability">Azure: vault names</a>
 * @see <a href="https://learn.microsoft.com/rest/api/storagerp/storage-accounts/check-name-availability">Azure: account names</a>
 */
final class GlobalNamesCheck extends PreflightCheck<AzureContext> {
    /** Both only read, although they are asked by POST. */
    static final Needs NEEDS = Needs.reading(action(ArmType.VAULT), action(ArmType.STORAGE_ACCOUNT));

    GlobalNamesCheck() {
        super("names");
    }

    private static String action(ArmType type) {
        return question(type) + "/read";
    }

    private static String question(ArmType type) {
        return type.type().substring(0, type.type().indexOf('/')) + "/checkNameAvailability";
    }

    @Override
    protected CompletableFuture<List<PreflightFinding>> run(Survey<AzureContext> survey) {
        AzureContext context = survey.context();
        BackendSpec spec = survey.spec();
        List<CompletableFuture<List<PreflightFinding>>> asked = new ArrayList<>();
        if (spec.encryption().existingKey().isEmpty()) {
            asked.add(survey.inventory(List.of(KeyReader.INSTANCE)).thenCompose(found -> vault(context, found)));
        }
        if (spec.backup().enabled()) {
            asked.add(survey.inventory(List.of(BackupReader.INSTANCE))
                    .thenCompose(found -> found.observed().containsKey(BackupConcern.STORAGE)
                            ? none()
                            : ask(
                                    context,
                                    ArmType.STORAGE_ACCOUNT,
                                    "storage account",
                                    BackupConcern.accountName(context))));
        }
        return Futures.flat(asked);
    }

    private CompletableFuture<List<PreflightFinding>> vault(AzureContext context, Inventory found) {
        String name = EncryptionConcern.vaultName(context);
        Optional<DeletedVault> deleted = found.attachment(DeletedVault.class);
        boolean toldByExistingCheck = deleted.filter(DeletedVault::ours)
                .flatMap(DeletedVault::inTheWay)
                .isPresent();
        if (found.observed().containsKey(KeyVault.ID) || toldByExistingCheck) {
            return none();
        }
        if (deleted.isEmpty()) {
            return ask(context, ArmType.VAULT, "key vault", name);
        }
        Optional<Violation> obstacle = deleted.get().inTheWay();
        return CompletableFuture.completedFuture(List.of(obstacle.map(this::fail)
                .orElseGet(() -> pass("the deleted key vault " + name + " is recovered with its key"))));
    }

    private CompletableFuture<List<PreflightFinding>> ask(
            AzureContext context, ArmType type, String what, String name) {
        return context.async(() -> List.of(finding(
                context.arm()
                        .ask(
                                action(type),
                                context.subscriptionId() + "/providers/" + question(type),
                                type.apiVersion(),
                                Json.object("name", name, "type", type.type())),
                what + " " + name)));
    }

    private PreflightFinding finding(JsonNode answer, String what) {
        return answer.path("nameAvailable").asBoolean()
                ? pass("the name of " + what + " is free")
                : fail(
                        "the name of " + what + " is not free: "
                                + answer.path("message").asText(),
                        "Names of vaults and storage accounts are shared by all customers of Azure. Give the backend another"
                                + " name.");
    }
}
