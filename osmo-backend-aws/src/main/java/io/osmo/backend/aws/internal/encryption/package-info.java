/** The key for Kubernetes secrets and volumes; created, or an existing one that is checked and used (SC-1, SC-2). */
@NullMarked
package io.osmo.backend.aws.internal.encryption;

import org.jspecify.annotations.NullMarked;
