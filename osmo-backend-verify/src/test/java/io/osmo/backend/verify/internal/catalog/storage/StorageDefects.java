// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.storage;

import static io.osmo.backend.verify.check.Status.FAIL;
import static io.osmo.backend.verify.check.Status.SKIPPED;
import static io.osmo.backend.verify.check.Status.WARN;
import static io.osmo.backend.verify.fixture.Defect.defect;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.verify.fixture.Defect;
import io.osmo.backend.verify.fixture.KubeObjects;
import io.osmo.backend.verify.snapshot.StorageClassFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One defect for each check of storage that needs no probe. */
public final class StorageDefects {
    public static final List<Defect> ALL = List.of(
            defect(
                    "storage.default-class",
                    FAIL,
                    c -> c.storageClasses.clear(),
                    Map.of(
                            "storage.cloud-native", SKIPPED,
                            "storage.csi-driver", SKIPPED,
                            "storage.encryption", SKIPPED,
                            "storage.reclaim-expand", SKIPPED),
                    "storageClasses"),
            defect(
                    "storage.cloud-native",
                    WARN,
                    c -> c.storageClasses.set(
                            0,
                            new StorageClassFacts(
                                    "gp2",
                                    "kubernetes.io/aws-ebs",
                                    Map.of(),
                                    true,
                                    true,
                                    "Delete",
                                    "WaitForFirstConsumer",
                                    Fact.unknown("not told"))),
                    // Kubernetes hands such a class to the CSI driver, which is there.
                    Map.of("storage.encryption", WARN),
                    "storageClasses"),
            defect("storage.csi-driver", FAIL, c -> c.csiNodes.remove(0), "csiNodes"),
            defect(
                    "storage.encryption",
                    WARN,
                    c -> c.storageClasses.set(
                            0,
                            new StorageClassFacts(
                                    "gp3",
                                    "ebs.csi.aws.com",
                                    Map.of(),
                                    true,
                                    true,
                                    "Delete",
                                    "WaitForFirstConsumer",
                                    Fact.unknown("not told"))),
                    "storageClasses"),
            defect("storage.node-disks", WARN, c -> c.pool("cpu", p -> p.diskEncrypted = Fact.of(false)), "pools"),
            defect(
                    "storage.backup",
                    WARN,
                    c -> c.backup = new CloudFacts.BackupFacts(false, "no backup plan"),
                    "backup"),
            defect(
                    "storage.reclaim-expand",
                    WARN,
                    c -> c.storageClasses.set(
                            0,
                            new StorageClassFacts(
                                    "gp3",
                                    "ebs.csi.aws.com",
                                    Map.of("encrypted", "true"),
                                    true,
                                    false,
                                    "Delete",
                                    "WaitForFirstConsumer",
                                    Fact.unknown("not told"))),
                    "storageClasses"),
            defect(
                    "storage.empty-class-trap",
                    WARN,
                    c -> c.claims.add(KubeObjects.claim("trap", Optional.of(""), "ReadWriteOnce")),
                    "claims"),
            defect(
                    "storage.rwx",
                    WARN,
                    c -> c.claims.add(KubeObjects.claim("shared", Optional.empty(), "ReadWriteMany")),
                    "claims"),
            defect(
                    "storage.ephemeral",
                    WARN,
                    c -> c.node("cpu-0", n -> n.allocatable.put("ephemeral-storage", "40Gi")),
                    "nodes"));

    private StorageDefects() {}
}
