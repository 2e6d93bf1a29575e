/** Microsoft.ManagedIdentity, and the identities of resources of other services. */
@NullMarked
package io.osmo.backend.testkit.internal.azure.managedidentity;

import org.jspecify.annotations.NullMarked;
