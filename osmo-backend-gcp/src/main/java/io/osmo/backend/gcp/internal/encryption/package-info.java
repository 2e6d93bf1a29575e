/** The key that encrypts Secrets and disks. */
@NullMarked
package io.osmo.backend.gcp.internal.encryption;

import org.jspecify.annotations.NullMarked;
