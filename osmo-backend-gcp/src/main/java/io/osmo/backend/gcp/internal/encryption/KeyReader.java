// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.encryption;

import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.common.collect.Lists;
import com.google.iam.v1.GetIamPolicyRequest;
import com.google.iam.v1.Policy;
import io.osmo.backend.gcp.internal.GcpContext;
import io.osmo.backend.spi.Observed;
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
    public CompletableFuture<Reading> read(Observation<GcpContext> observation) {
        GcpContext context = observation.context();
        Optional<String> existing =
                observation.spec().flatMap(s -> s.encryption().existingKeyId());
        String key = existing.orElseGet(() -> EncryptionKey.name(context).toString());
        CompletableFuture<List<CryptoKeyVersion>> versions = existing.isPresent()
                ? CompletableFuture.completedFuture(List.of())
                : context.scheduler().call(() -> versions(context));
        return context.scheduler()
                .call(() -> find(context, key))
                .thenCombine(versions, (found, all) -> found.map(each -> each.with(all)))
                .thenApply(found -> Reading.of(
                        EncryptionKey.ID,
                        existing.isPresent()
                                ? found.map(Observed::existing)
                                : found.filter(ObservedKey::exists)
                                        .map(k -> context.ownership()
                                                .observed(k, k.key().getLabelsMap()))));
    }

    /** A key with nothing but its primary version. */
    static Optional<ObservedKey> find(GcpContext context, String key) {
        return context.find(
                        "cloudkms.cryptoKeys.get",
                        () -> context.clients().keys().getCryptoKey(key))
                .map(found -> new ObservedKey(found, users(policy(context, key)), List.of()));
    }

    static Policy policy(GcpContext context, String key) {
        GetIamPolicyRequest request =
                GetIamPolicyRequest.newBuilder().setResource(key).build();
        return context.call(
                "cloudkms.cryptoKeys.getIamPolicy",
                () -> context.clients().keys().getIamPolicy(request));
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
