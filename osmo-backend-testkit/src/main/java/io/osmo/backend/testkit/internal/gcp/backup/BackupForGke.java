// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.backup;

import com.google.cloud.gkebackup.v1.Backup;
import com.google.cloud.gkebackup.v1.BackupPlan;
import com.google.cloud.gkebackup.v1.GKEBackupProto;
import com.google.longrunning.OperationsProto;
import com.google.protobuf.Empty;
import com.google.protobuf.util.JsonFormat;
import com.google.rpc.ErrorInfo;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.container.ClusterStore;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import io.osmo.backend.testkit.internal.gcp.wire.EmulatedService;
import java.util.List;

/** Backup for GKE. */
public final class BackupForGke implements EmulatedService {
    /** Types that can be inside the operations. */
    public static final JsonFormat.TypeRegistry PAYLOADS = JsonFormat.TypeRegistry.newBuilder()
            .add(GKEBackupProto.getDescriptor().getMessageTypes())
            .add(List.of(
                    BackupPlan.getDescriptor(),
                    Backup.getDescriptor(),
                    Empty.getDescriptor(),
                    ErrorInfo.getDescriptor()))
            .build();

    private final BackupStore store;
    private final BackupPlans plans;
    private final Backups backups;

    public BackupForGke(GcpProject project, ClusterStore clusters) {
        this.store = new BackupStore(project);
        this.plans = new BackupPlans(project, store, clusters);
        this.backups = new Backups(project, store);
    }

    /** Adds a backup, as the schedule of a plan does. */
    public void plant(String plan, String id) {
        backups.plant(plan, id);
    }

    /** Ends the creation of a plan as failed. */
    public void fail(String plan, String reason) {
        plans.fail(plan, reason);
    }

    @Override
    public void serve(Dispatcher dispatcher) {
        dispatcher.serveGrpc(
                "gkebackup", Dispatcher.service(GKEBackupProto.getDescriptor(), "BackupForGKE"), plans, backups);
        dispatcher.serveGrpc(
                "gkebackup", Dispatcher.service(OperationsProto.getDescriptor(), "Operations"), store.operations);
    }

    @Override
    public List<String> inventory() {
        return store.inventory();
    }
}
