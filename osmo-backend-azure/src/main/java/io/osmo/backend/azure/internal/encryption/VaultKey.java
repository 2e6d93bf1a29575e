// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.encryption;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.azure.internal.ArmObject;
import io.osmo.backend.azure.internal.ArmResource;
import io.osmo.backend.azure.internal.ArmType;
import io.osmo.backend.azure.internal.AzureContext;
import io.osmo.backend.azure.internal.Json;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.resource.FieldChange;
import io.osmo.backend.resource.ResourceId;
import io.osmo.backend.spi.Readiness;
import io.osmo.backend.spi.State;
import io.osmo.backend.spi.Timing;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Ownership;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The key that encrypts Secrets and disks. It is created through ARM, which creates the first version of a missing key and does not
 * change an existing one. ARM cannot delete a key; it is deleted with its vault.
 */
public final class VaultKey extends ArmResource {
    public static final ResourceId ID = ResourceId.of("key", "backend");

    /** What the calls below need. */
    public static final Needs NEEDS = ArmType.KEY.needs(ID.kind());

    private static final String NAME = "osmo";

    VaultKey(AzureContext context) {
        super(
                context,
                ID,
                ArmType.KEY,
                armId(context),
                Set.of(KeyVault.ID),
                Timing.seconds(1, 1, 1, 2, 15),
                "key of the backend");
    }

    public static String armId(AzureContext context) {
        return KeyVault.armId(context) + "/keys/" + NAME;
    }

    /** Whether a URL is that of the backend's key, in any version. */
    static boolean isKeyOf(AzureContext context, String url) {
        return url.toLowerCase(Locale.ROOT).contains("//" + KeyVault.name(context) + ".")
                && url.contains("/keys/" + NAME);
    }

    /** Address of the newest version of an observed key. */
    public static String uri(ArmObject key) {
        return key.find("/properties/keyUriWithVersion")
                .orElseThrow(() -> new java.util.NoSuchElementException(key.id() + " has no version yet"));
    }

    @Override
    protected ObjectNode body(State state) {
        return Json.object("properties", Map.of("kty", "RSA"));
    }

    @Override
    protected ObjectNode creation(State state) {
        // A key has room for 15 tags, so it gets none of the spec:
        // learn.microsoft.com/azure/key-vault/keys/about-keys-details.
        Map<String, String> tags = new Ownership(context.ref(), Map.of()).tags(ID);
        return Json.object("tags", tags, "properties", Map.of("kty", "RSA", "keySize", 3072));
    }

    /**
     * ARM can neither enable a key nor recover a deleted one; both need rights on the data of the vault, which are not required here:
     * learn.microsoft.com/rest/api/keyvault/keyvault/keys/create-if-not-exist.
     */
    @Override
    public Readiness readiness(ArmObject observed) {
        return isDisabled(observed) ? Readiness.failed("is disabled") : super.readiness(observed);
    }

    static boolean isDisabled(ArmObject key) {
        return key.find("/properties/attributes/enabled")
                .filter("false"::equals)
                .isPresent();
    }

    @Override
    protected String repair() {
        return "Enable it with az keyvault key set-attributes --vault-name " + KeyVault.name(context) + " --name "
                + NAME + " --enabled true.";
    }

    /** What to do about a key that does not exist although a cluster uses it. */
    static String recovery(AzureContext context) {
        return "Recover it with az keyvault key recover --vault-name " + KeyVault.name(context) + " --name " + NAME
                + ". If it is purged, what it has encrypted is lost: destroy the backend and apply again.";
    }

    /** A deleted key keeps its name until it is purged. */
    @Override
    public ArmObject create(State state) {
        try {
            return super.create(state);
        } catch (CloudException refused) {
            if (refused.error() != CloudError.CONFLICT
                    || !String.valueOf(refused.getMessage()).contains("deleted")) {
                throw refused;
            }
            throw CloudException.builder(CloudError.INVALID_REQUEST, refused.operation())
                    .code(refused.code())
                    .message(String.valueOf(refused.getMessage()))
                    .remedy(recovery(context))
                    .cause(refused)
                    .build();
        }
    }

    /** ARM changes no key: one that is there is taken as it is. */
    @Override
    public List<FieldChange> compare(ArmObject observed, State state) {
        return List.of();
    }

    @Override
    public Optional<ResourceId> deletedWith() {
        return Optional.of(KeyVault.ID);
    }

    @Override
    public void delete(ArmObject observed, State state) {
        throw new IllegalStateException("a key goes with its vault");
    }
}
