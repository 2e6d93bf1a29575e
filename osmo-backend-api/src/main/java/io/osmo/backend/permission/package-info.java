/** The permissions that the credentials of a host need in a cloud, and policies that grant exactly these. */
@NullMarked
package io.osmo.backend.permission;

import org.jspecify.annotations.NullMarked;
