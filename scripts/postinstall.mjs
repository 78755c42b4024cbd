console.log('postinstall')
