// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.kms;

import com.google.cloud.kms.v1.CreateKeyRingRequest;
import com.google.cloud.kms.v1.GetKeyRingRequest;
import com.google.cloud.kms.v1.KeyRing;
import com.google.cloud.kms.v1.ListKeyRingsRequest;
import com.google.cloud.kms.v1.ListKeyRingsResponse;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.gcp.GcpError;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.Locations;
import io.osmo.backend.testkit.internal.gcp.ResourceNames;

/** Key rings, which cannot be deleted. */
final class KeyRings {
    private final GcpProject project;
    private final KmsStore store;

    KeyRings(GcpProject project, KmsStore store) {
        this.project = project;
        this.store = store;
    }

    KeyRing createKeyRing(CreateKeyRingRequest r) {
        KmsStore.checkId(r.getKeyRingId());
        String location = ResourceNames.location(r.getParent());
        if (!Locations.isRegion(location) && !location.equals("global")) {
            throw GcpError.notFound("Location '" + location + "' does not exist.");
        }
        String name = r.getParent() + "/keyRings/" + r.getKeyRingId();
        if (store.rings.containsKey(name)) {
            throw GcpError.alreadyExists("KeyRing " + name + " already exists.");
        }
        KeyRing ring = KeyRing.newBuilder()
                .setName(name)
                .setCreateTime(project.protoTimestamp())
                .build();
        store.rings.put(name, ring);
        return ring;
    }

    KeyRing getKeyRing(GetKeyRingRequest r) {
        return store.ring(r.getName());
    }

    ListKeyRingsResponse listKeyRings(ListKeyRingsRequest r) {
        Page<KeyRing> page = project.page(
                KmsStore.under(store.rings, r.getParent() + "/keyRings/"), r.getPageSize(), r.getPageToken());
        return ListKeyRingsResponse.newBuilder()
                .addAllKeyRings(page.items())
                .setNextPageToken(GcpProject.next(page))
                .build();
    }
}
