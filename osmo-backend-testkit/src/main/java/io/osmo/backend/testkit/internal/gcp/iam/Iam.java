// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.iam;

import com.google.iam.admin.v1.ServiceAccount;
import io.osmo.backend.testkit.internal.gcp.GcpProject;
import io.osmo.backend.testkit.internal.gcp.wire.Dispatcher;
import io.osmo.backend.testkit.internal.gcp.wire.EmulatedService;
import java.util.ArrayList;
import java.util.List;

/** IAM. */
public final class Iam implements EmulatedService {
    private final Policies policies;
    private final ServiceAccounts accounts;

    public Iam(GcpProject project) {
        this.policies = new Policies(project);
        this.accounts = new ServiceAccounts(project, policies);
    }

    public ServiceAccounts accounts() {
        return accounts;
    }

    public Policies policies() {
        return policies;
    }

    @Override
    public void serve(Dispatcher dispatcher) {
        dispatcher.serveRest(
                "iam", Dispatcher.service(ServiceAccount.getDescriptor().getFile(), "IAM"), accounts);
    }

    @Override
    public List<String> inventory() {
        List<String> lines = new ArrayList<>(accounts.inventory());
        lines.addAll(policies.inventory());
        return lines;
    }
}
