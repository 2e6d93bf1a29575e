// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.kms;

import com.google.cloud.kms.v1.CreateCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.DestroyCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.GetCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsRequest;
import com.google.cloud.kms.v1.ListCryptoKeyVersionsResponse;
import com.google.cloud.kms.v1.RestoreCryptoKeyVersionRequest;
import com.google.cloud.kms.v1.UpdateCryptoKeyVersionRequest;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import java.time.Duration;

/** Key versions, which are destroyed some time after their destruction was requested. */
final class CryptoKeyVersions {
    private final GcpProject project;
    private final KmsStore store;

    CryptoKeyVersions(GcpProject project, KmsStore store) {
        this.project = project;
        this.store = store;
    }

    CryptoKeyVersion createCryptoKeyVersion(CreateCryptoKeyVersionRequest r) {
        store.key(r.getParent());
        return store.newVersion(r.getParent());
    }

    CryptoKeyVersion getCryptoKeyVersion(GetCryptoKeyVersionRequest r) {
        return store.version(r.getName());
    }

    ListCryptoKeyVersionsResponse listCryptoKeyVersions(ListCryptoKeyVersionsRequest r) {
        store.key(r.getParent());
        Page<CryptoKeyVersion> page = project.page(
                KmsStore.under(store.versions, r.getParent() + "/cryptoKeyVersions/"),
                r.getPageSize(),
                r.getPageToken());
        return ListCryptoKeyVersionsResponse.newBuilder()
                .addAllCryptoKeyVersions(page.items())
                .setNextPageToken(GcpProject.next(page))
                .build();
    }

    CryptoKeyVersion updateCryptoKeyVersion(UpdateCryptoKeyVersionRequest r) {
        CryptoKeyVersion version = store.version(r.getCryptoKeyVersion().getName());
        CryptoKeyVersionState wanted = r.getCryptoKeyVersion().getState();
        if (!isEnabledOrDisabled(version.getState()) || !isEnabledOrDisabled(wanted)) {
            throw GcpError.precondition(
                    version.getName() + " cannot go from " + version.getState() + " to " + wanted + ".");
        }
        return setState(version, wanted);
    }

    CryptoKeyVersion destroyCryptoKeyVersion(DestroyCryptoKeyVersionRequest r) {
        CryptoKeyVersion version = store.version(r.getName());
        if (!isEnabledOrDisabled(version.getState())) {
            throw GcpError.precondition(
                    version.getName() + " cannot be destroyed, current state is: " + version.getState() + ".");
        }
        CryptoKey key = store.key(version.getName().replaceFirst("/cryptoKeyVersions/.*$", ""));
        Duration wait = Duration.ofSeconds(key.getDestroyScheduledDuration().getSeconds());
        CryptoKeyVersion scheduled = version.toBuilder()
                .setState(CryptoKeyVersionState.DESTROY_SCHEDULED)
                .setDestroyTime(GcpProject.protoTimestamp(project.now().plus(wait)))
                .build();
        store.versions.put(version.getName(), scheduled);
        project.after(wait, () -> {
            CryptoKeyVersion then = store.version(version.getName());
            if (then.getDestroyTime().equals(scheduled.getDestroyTime())) {
                setState(then, CryptoKeyVersionState.DESTROYED);
            }
        });
        return scheduled;
    }

    CryptoKeyVersion restoreCryptoKeyVersion(RestoreCryptoKeyVersionRequest r) {
        CryptoKeyVersion version = store.version(r.getName());
        if (version.getState() != CryptoKeyVersionState.DESTROY_SCHEDULED) {
            throw GcpError.precondition(version.getName() + " is not scheduled for destruction, current state is: "
                    + version.getState() + ".");
        }
        return setState(version.toBuilder().clearDestroyTime().build(), CryptoKeyVersionState.DISABLED);
    }

    private static boolean isEnabledOrDisabled(CryptoKeyVersionState state) {
        return state == CryptoKeyVersionState.ENABLED || state == CryptoKeyVersionState.DISABLED;
    }

    private CryptoKeyVersion setState(CryptoKeyVersion version, CryptoKeyVersionState state) {
        CryptoKeyVersion changed = version.toBuilder().setState(state).build();
        store.versions.put(version.getName(), changed);
        return changed;
    }
}
