// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.encryption;

import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.common.collect.Lists;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.gcp.internal.Lookup;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.Observed;
import io.osmo.backend.spi.provider.Needs;
import io.osmo.backend.spi.provider.Observation;
import io.osmo.backend.spi.provider.Reader;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Reads the key of the backend, or the existing one that the spec names. */
final class KeyReader implements Reader<GcpContext> {
    static final KeyReader INSTANCE = new KeyReader();

    /** Role of those who may encrypt and decrypt with a key. */
    static final String USER = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

    private KeyReader() {}

    @Override
    public Needs needs(Optional<BackendSpec> spec) {
        return Needs.reading(
                "cloudkms.cryptoKeys.get", "cloudkms.cryptoKeys.getIamPolicy", "cloudkms.cryptoKeyVersions.list");
    }

    @Override
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        Optional<String> existing =
                observation.spec().flatMap(s -> s.encryption().existingKey());
        if (existing.isPresent()) {
            return existing(context, existing.get());
        }
        return context.scheduler()
                .call(() -> find(context, EncryptionKey.name(context).toString()))
                .thenCombine(
                        context.scheduler().call(() -> versions(context)),
                        (found, all) -> found.map(each -> each.with(all)))
                .thenApply(found -> Reading.of(
                        EncryptionKey.ID,
                        found.filter(ObservedKey::exists)
                                .map(k ->
                                        context.ownership().observed(k, k.key().getLabelsMap()))));
    }

    private static CompletableFuture<Reading> existing(GcpContext context, String key) {
        CompletableFuture<Lookup<ObservedKey>> found = context.scheduler()
                .call(() -> Lookup.of(
                                context,
                                "cloudkms.cryptoKeys.get",
                                () -> context.clients().keys().getCryptoKey(key))
                        .map(each -> new ObservedKey(each, Set.of(), List.of())));
        CompletableFuture<Lookup<Set<String>>> users = context.scheduler()
                .call(() -> Lookup.of(context, "cloudkms.cryptoKeys.getIamPolicy", () -> rawPolicy(context, key))
                        .map(KeyReader::users));
        return found.thenCombine(
                users,
                (k, u) -> Reading.of(EncryptionKey.ID, k.found().map(Observed::existing))
                        .and(Reading.attachment(KeyAccess.class, new KeyAccess(k, u))));
    }

    /** A key with nothing but its primary version. */
    static Optional<ObservedKey> find(GcpContext context, String key) {
        return context.find(
                        "cloudkms.cryptoKeys.get",
                        () -> context.clients().keys().getCryptoKey(key))
                .map(found -> new ObservedKey(found, users(policy(context, key)), List.of()));
    }

    static Policy policy(GcpContext context, String key) {
        return context.call("cloudkms.cryptoKeys.getIamPolicy", () -> rawPolicy(context, key));
    }

    private static Policy rawPolicy(GcpContext context, String key) {
        GetIamPolicyRequest request =
                GetIamPolicyRequest.newBuilder().setResource(key).build();
        return context.clients().keys().getIamPolicy(request);
    }

    static Set<String> users(Policy policy) {
        return policy.getBindingsList().stream()
                .filter(binding -> binding.getRole().equals(USER))
                .flatMap(binding -> binding.getMembersList().stream())
                .collect(Collectors.toSet());
    }

    /** All versions of the backend's key. */
    static List<CryptoKeyVersion> versions(GcpContext context) {
        return context.find(
                        "cloudkms.cryptoKeyVersions.list",
                        () -> Lists.newArrayList(context.clients()
                                .keys()
                                .listCryptoKeyVersions(EncryptionKey.name(context))
                                .iterateAll()))
                .orElseGet(ArrayList::new);
    }
}
