// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.kms;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.KmsProto;
import com.google.iam.v1.IamPolicyProto;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;
import io.osmo.backend.testkit.internal.gcp.iam.Policies;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import io.osmo.backend.testkit.internal.gcp.wire.EmulatedService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Cloud KMS. */
public final class Kms implements EmulatedService {
    private static final String USE = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

    private final GcpProject project;
    private final Policies policies;
    private final KmsStore store;

    public Kms(GcpProject project, Policies policies) {
        this.project = project;
        this.policies = policies;
        this.store = new KmsStore(project);
    }

    /** Why a member cannot use a key; empty if it can. */
    public Optional<String> problem(String key, String member) {
        CryptoKey found = store.keys.get(key);
        if (found == null) {
            return Optional.of("CryptoKey not found.");
        }
        CryptoKeyVersion primary = store.versions.get(found.getPrimary().getName());
        if (primary == null || primary.getState() != CryptoKeyVersionState.ENABLED) {
            return Optional.of("CryptoKey " + key + " has no enabled primary version.");
        }
        String ring = key.replaceFirst("/cryptoKeys/.*$", "");
        boolean granted =
                Stream.of(key, ring, project.path()).anyMatch(resource -> policies.isGranted(resource, USE, member));
        return granted
                ? Optional.empty()
                : Optional.of("Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource '" + key
                        + "' (or it may not exist).");
    }

    /** Refused if a member cannot use the key, or the key is in another region. */
    public void requireUsable(String key, String member, String region) {
        if (!ResourceNames.location(key).equals(region)) {
            throw GcpError.invalid(
                    "Cloud KMS key \"" + key + "\" must be in the region of the cluster, \"" + region + "\".");
        }
        problem(key, member).ifPresent(problem -> {
            throw GcpError.invalid("Cloud KMS key \"" + key + "\" cannot be used by " + member + ": " + problem);
        });
    }

    @Override
    public void serve(Dispatcher dispatcher) {
        dispatcher.serveGrpc(
                "cloudkms",
                Dispatcher.service(KmsProto.getDescriptor(), "KeyManagementService"),
                new KeyRings(project, store),
                new CryptoKeys(project, store),
                new CryptoKeyVersions(project, store));
        dispatcher.serveGrpc(
                "cloudkms",
                Dispatcher.service(IamPolicyProto.getDescriptor(), "IAMPolicy"),
                new KeyPolicies(store, policies));
    }

    @Override
    public List<String> inventory() {
        List<String> lines = new ArrayList<>();
        store.rings.keySet().forEach(name -> lines.add("key-ring " + ResourceNames.withoutProject(name)));
        store.versions.forEach((name, version) ->
                lines.add("key-version " + ResourceNames.withoutProject(name) + " " + version.getState()));
        store.keys.forEach((name, key) ->
                lines.add("key " + ResourceNames.withoutProject(name) + " " + new TreeMap<>(key.getLabelsMap())));
        return lines;
    }
}
